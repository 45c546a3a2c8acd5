package dev.mitosis.share;

/// The lock that was just taken had been left locked: what it guards may be half changed.
///
/// Whoever catches this holds the lock, and must unlock it.
public final class AbandonedLockException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Reports a lock that was left locked.
    ///
    /// @param message who has left it
    public AbandonedLockException(String message) {
        super(message);
    }
}
