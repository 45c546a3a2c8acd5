package dev.mitosis;

import java.io.Serializable;

/// A function of four arguments that can travel to a worker process.
///
/// @param <A> the type of the first argument
/// @param <B> the type of the second argument
/// @param <C> the type of the third argument
/// @param <D> the type of the fourth argument
/// @param <R> the type of a result
@FunctionalInterface
public interface RemoteFunction4<A, B, C, D, R> extends Serializable {
    /// Applies this function to four arguments, in a worker.
    ///
    /// @param first the first argument
    /// @param second the second argument
    /// @param third the third argument
    /// @param fourth the fourth argument
    /// @return the result, which travels back
    /// @throws Exception whatever the function throws; it fails this item alone
    R apply(A first, B second, C third, D fourth) throws Exception;
}
