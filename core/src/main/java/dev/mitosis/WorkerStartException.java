package dev.mitosis;

import org.jspecify.annotations.Nullable;

/// No worker could be started; the message holds what the start-up itself printed.
public final class WorkerStartException extends PoolException {
    private static final long serialVersionUID = 1L;

    /// Reports that workers do not start.
    ///
    /// @param message what was tried, and what the start-up printed
    /// @param cause what the initializer threw, if it was that
    public WorkerStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
