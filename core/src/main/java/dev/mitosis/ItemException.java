package dev.mitosis;

import org.jspecify.annotations.Nullable;

/// One item of a call did not end well; says which, and why.
public abstract sealed class ItemException extends PoolException
        permits TaskFailedException, TaskTimeoutException, WorkerDiedException {
    private static final long serialVersionUID = 1L;

    /// Which item this is about.
    ///
    /// @param index its place in the input, from 0
    /// @param inputSummary the input as text, shortened
    /// @param attempts how often it was started
    /// @param pid the process that ran it last, or 0
    public record Facts(long index, String inputSummary, int attempts, long pid)
            implements java.io.Serializable {
        @Override
        public String toString() {
            return "item " + index + " (" + inputSummary + ")";
        }
    }

    private final Facts facts;

    ItemException(Facts facts, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.facts = facts;
    }

    /// {@return the item's place in the input, from 0}
    public long index() {
        return facts.index();
    }

    /// {@return the input as text, shortened}
    public String inputSummary() {
        return facts.inputSummary();
    }

    /// {@return how often the item was started}
    public int attempts() {
        return facts.attempts();
    }

    /// {@return the process that ran the item last, or 0 if none did}
    public long pid() {
        return facts.pid();
    }
}
