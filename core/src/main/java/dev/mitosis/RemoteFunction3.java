package dev.mitosis;

import java.io.Serializable;

/// A function of three arguments that can travel to a worker process.
///
/// @param <A> the type of the first argument
/// @param <B> the type of the second argument
/// @param <C> the type of the third argument
/// @param <R> the type of a result
@FunctionalInterface
public interface RemoteFunction3<A, B, C, R> extends Serializable {
    /// Applies this function to three arguments, in a worker.
    ///
    /// @param first the first argument
    /// @param second the second argument
    /// @param third the third argument
    /// @return the result, which travels back
    /// @throws Exception whatever the function throws; it fails this item alone
    R apply(A first, B second, C third) throws Exception;
}
