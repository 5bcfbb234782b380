import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Groups words that are made of the same letters. */
public final class Anagrams {
    private Anagrams() {
    }

    /** Groups of at least two words, each sorted, in order of their first word; case is ignored. */
    public static List<List<String>> groups(List<String> words) {
        return words.stream()
            .map(String::toLowerCase)
            .distinct()
            .sorted()
            .collect(Collectors.groupingBy(Anagrams::letters, TreeMap::new, Collectors.toList()))
            .values().stream()
            .filter(group -> group.size() > 1)
            .sorted((left, right) -> left.get(0).compareTo(right.get(0)))
            .toList();
    }

    private static String letters(String word) {
        char[] letters = word.toCharArray();
        Arrays.sort(letters);
        return new String(letters);
    }
}
