import java.util.List;

/** Run with: java -ea AnagramsTest */
public final class AnagramsTest {
    public static void main(String[] args) {
        var words = List.of("Tea", "eat", "tone", "note", "solo", "tea");
        assert Anagrams.groups(words).equals(List.of(List.of("eat", "tea"), List.of("note", "tone")));
        assert Anagrams.groups(List.of()).isEmpty();
        System.out.println("all fine");
    }
}
