package dev.mitosis;

/// The thread of a blocking verb was interrupted; its call was cancelled and its flag stays set.
public final class CallInterruptedException extends PoolException {
    private static final long serialVersionUID = 1L;

    /// Reports an interrupted call.
    ///
    /// @param message which call it was
    public CallInterruptedException(String message) {
        super(message, null);
    }
}
