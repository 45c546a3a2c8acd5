package dev.mitosis.examples;

import dev.mitosis.LongRange;
import dev.mitosis.Pool;
import dev.mitosis.Results;

/// Takes as many results of 100 billion as it needs; the others are never computed.
///
/// Results come in order. Input is taken only as far ahead of the reader as the window allows, so
/// memory is bounded, however long the range is and however slow the reader.
///
/// It prints the first squares that read the same in both directions:
///
/// ```text
/// 0
/// 1
/// 4
/// 9
/// 121
/// 484
/// 676
/// 10201
/// ```
final class LazySquares {
    private LazySquares() {}

    // @start region="lazy"
    static void main() {
        try (Pool pool = Pool.open(2);
                Results<Long> squares = pool.imap(n -> n * n, LongRange.of(0, 100_000_000_000L))) {
            squares.stream().filter(LazySquares::isPalindrome).limit(8).forEach(IO::println);
        }
    }

    private static boolean isPalindrome(long number) {
        var digits = Long.toString(number);
        return digits.contentEquals(new StringBuilder(digits).reverse());
    }
    // @end
}
