package dev.mitosis;

import java.io.Serializable;

/// A function of two arguments that can travel to a worker process.
///
/// @param <A> the type of the first argument
/// @param <B> the type of the second argument
/// @param <R> the type of a result
@FunctionalInterface
public interface RemoteBiFunction<A, B, R> extends Serializable {
    /// Applies this function to one pair of arguments, in a worker.
    ///
    /// @param first the first argument
    /// @param second the second argument
    /// @return the result, which travels back
    /// @throws Exception whatever the function throws; it fails this item alone
    R apply(A first, B second) throws Exception;
}
