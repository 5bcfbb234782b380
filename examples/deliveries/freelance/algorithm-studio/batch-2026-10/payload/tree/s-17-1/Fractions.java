/** Exact fractions, always reduced, the sign in front. */
public record Fractions(long top, long bottom) {
    public Fractions {
        if (bottom == 0) {
            throw new ArithmeticException("nothing can be divided by zero");
        }
        long shared = gcd(Math.abs(top), Math.abs(bottom)) * (bottom < 0 ? -1 : 1);
        top /= shared;
        bottom /= shared;
    }

    public Fractions plus(Fractions other) {
        return new Fractions(
            Math.addExact(Math.multiplyExact(top, other.bottom), Math.multiplyExact(other.top, bottom)),
            Math.multiplyExact(bottom, other.bottom));
    }

    public Fractions times(Fractions other) {
        return new Fractions(Math.multiplyExact(top, other.top), Math.multiplyExact(bottom, other.bottom));
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    @Override
    public String toString() {
        return bottom == 1 ? Long.toString(top) : top + "/" + bottom;
    }
}
