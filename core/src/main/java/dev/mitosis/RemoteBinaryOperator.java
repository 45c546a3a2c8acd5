package dev.mitosis;

import java.io.Serializable;

/// An operation on two values of one type that can travel to a worker process.
///
/// @param <T> the type of both operands and of the result
@FunctionalInterface
public interface RemoteBinaryOperator<T> extends Serializable {
    /// Combines two values.
    ///
    /// @param left the value of the lower indices
    /// @param right the value of the higher indices
    /// @return the combination of both
    /// @throws Exception whatever the operation throws; it fails the whole reduction
    T apply(T left, T right) throws Exception;
}
