package dev.mitosis;

import java.io.Serializable;

/// A function of one argument that can travel to a worker process.
///
/// A lambda travels with the values it captures; what cannot travel is reported as a
/// [NotShippableException] on the caller's thread, before anything is sent.
///
/// @param <T> the type of an item
/// @param <R> the type of a result
@FunctionalInterface
public interface RemoteFunction<T, R> extends Serializable {
    /// Applies this function to one item, in a worker.
    ///
    /// @param item the item, a copy of the caller's; may be null
    /// @return the result, which travels back; may be null
    /// @throws Exception whatever the function throws; it fails this item alone
    R apply(T item) throws Exception;
}
