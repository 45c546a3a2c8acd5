package dev.mitosis;

import java.util.PrimitiveIterator;
import java.util.stream.LongStream;

/// The numbers from one bound up to, and without, another.
///
/// A range is never materialized: a pool cuts it by arithmetic and its numbers are produced in the
/// workers, so a range of 100 billion numbers costs as little to send as one of ten.
///
/// @param from the first number
/// @param to the number after the last
public record LongRange(long from, long to) implements Iterable<Long> {
    /// Checks the bounds.
    public LongRange {
        if (to < from || to - from < 0) {
            throw new IllegalArgumentException(
                    "a range must not end before it begins, nor hold more than 2^63-1 numbers, got "
                            + from + " to " + to);
        }
    }

    /// Returns the numbers from `from` up to, and without, `to`.
    ///
    /// @param from the first number
    /// @param to the number after the last
    /// @return the range
    /// @throws IllegalArgumentException if `to` is less than `from`
    public static LongRange of(long from, long to) {
        return new LongRange(from, to);
    }

    /// {@return how many numbers there are}
    public long size() {
        return to - from;
    }

    /// {@return the numbers as a stream}
    public LongStream stream() {
        return LongStream.range(from, to);
    }

    @Override
    public PrimitiveIterator.OfLong iterator() {
        return stream().iterator();
    }
}
