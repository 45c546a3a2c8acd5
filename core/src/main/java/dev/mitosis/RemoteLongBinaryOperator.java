package dev.mitosis;

import java.io.Serializable;

/// An operation on two `long` values that can travel to a worker process; nothing is boxed.
@FunctionalInterface
public interface RemoteLongBinaryOperator extends Serializable {
    /// Combines two numbers.
    ///
    /// @param left the value of the lower indices
    /// @param right the value of the higher indices
    /// @return the combination of both
    /// @throws Exception whatever the operation throws; it fails the whole reduction
    long applyAsLong(long left, long right) throws Exception;
}
