package dev.mitosis.examples;

import dev.mitosis.Pool;
import java.math.BigInteger;
import java.util.stream.Stream;

/// A stage of a stream that works in other processes, in order; here the stream has no end.
///
/// A record is a result without having to be `Serializable`. It prints the exponents of the first
/// Mersenne primes, numbers 2^p - 1 that are prime:
///
/// ```text
/// [2, 3, 5, 7, 13, 17, 19, 31, 61, 89, 107, 127]
/// ```
final class Gather {
    private record Candidate(int exponent, boolean isPrime) {}

    private Gather() {}

    // @start region="gather"
    static void main() {
        try (Pool pool = Pool.open(2)) {
            IO.println(Stream.iterate(1, exponent -> exponent + 1)
                    .gather(pool.mapping(Gather::examine))
                    .filter(Candidate::isPrime).map(Candidate::exponent)
                    .limit(12).toList());
        }
    }

    private static Candidate examine(int exponent) {
        var number = BigInteger.TWO.pow(exponent).subtract(BigInteger.ONE);
        return new Candidate(exponent, number.isProbablePrime(50));
    }
    // @end
}
