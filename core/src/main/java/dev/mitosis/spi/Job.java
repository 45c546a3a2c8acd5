package dev.mitosis.spi;

import org.jspecify.annotations.Nullable;

/// The function of one call, as it travels: once to each worker that needs it.
///
/// @param call the number of the call, unique in its pool
/// @param name the call's name, possibly empty
/// @param verb what to do with the function
/// @param function the function, serialized
/// @param loader the class loader of the function, which workers may ask for classes; null for that
///     of the JDK
public record Job(
        long call, String name, Verb verb, Bytes function, @Nullable ClassLoader loader) {
    /// What a worker does with the items of a lease.
    public enum Verb {
        /// Apply a `RemoteFunction` to each item; an outcome each.
        MAP,
        /// Apply a `RemoteLongOperator` to each number, unboxed; an outcome each.
        MAP_LONG,
        /// Fold the items by a `Fold`; one outcome for the lease.
        FOLD,
        /// Fold the numbers by a `LongFold`, unboxed; one outcome for the lease.
        FOLD_LONG
    }
}
