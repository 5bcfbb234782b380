/** Run with: java -ea FractionsTest */
public final class FractionsTest {
    public static void main(String[] args) {
        assert new Fractions(2, -4).toString().equals("-1/2");
        assert new Fractions(1, 6).plus(new Fractions(1, 3)).equals(new Fractions(1, 2));
        assert new Fractions(3, 4).times(new Fractions(4, 3)).toString().equals("1");
        try {
            new Fractions(1, 0);
            throw new AssertionError("a zero below the line was taken");
        } catch (ArithmeticException expected) {
            System.out.println("all fine");
        }
    }
}
