package dev.mitosis;

/// The pool was closed or terminated before the work was done.
public final class PoolClosedException extends PoolException {
    private static final long serialVersionUID = 1L;

    /// Reports that the pool takes or finishes no more work.
    ///
    /// @param message what was asked of it
    public PoolClosedException(String message) {
        super(message, null);
    }
}
