package dev.mitosis;

import org.jspecify.annotations.Nullable;

/// What arrived could not be read back on this side; the message says why.
public final class NotReadableException extends PoolException {
    private static final long serialVersionUID = 1L;

    /// Reports what could not be read.
    ///
    /// @param message what it was, and why it could not be read
    /// @param cause the reader's own complaint, if there is one
    public NotReadableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
