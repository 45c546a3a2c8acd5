package dev.mitosis.spi;

/// The items of a lease, as they travel.
public sealed interface Items {
    /// Serialized items.
    ///
    /// @param bytes the value records of a whole batch
    /// @param skip how many items at the beginning are not part of this lease
    record Values(Bytes bytes, int skip) implements Items {}

    /// Consecutive numbers, produced in the worker.
    ///
    /// @param first the first number of this lease
    record Range(long first) implements Items {}
}
