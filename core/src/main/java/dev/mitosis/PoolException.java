package dev.mitosis;

import org.jspecify.annotations.Nullable;

/// Whatever a pool reports that is not the caller's misuse.
///
/// Misuse is an [IllegalArgumentException] or an [IllegalStateException].
public abstract sealed class PoolException extends RuntimeException
        permits ItemException,
                NotShippableException,
                NotReadableException,
                PoolClosedException,
                CallInterruptedException,
                WorkerStartException {
    private static final long serialVersionUID = 1L;

    PoolException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
