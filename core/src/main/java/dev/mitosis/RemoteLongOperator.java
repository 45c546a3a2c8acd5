package dev.mitosis;

import java.io.Serializable;

/// A function from `long` to `long` that can travel to a worker process; nothing is boxed.
@FunctionalInterface
public interface RemoteLongOperator extends Serializable {
    /// Applies this function to one number, in a worker.
    ///
    /// @param operand the number
    /// @return the result
    /// @throws Exception whatever the function throws; it fails this item alone
    long applyAsLong(long operand) throws Exception;
}
