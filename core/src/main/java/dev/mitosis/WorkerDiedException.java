package dev.mitosis;

import org.jspecify.annotations.Nullable;

/// The worker process died while it was running the item, which may have had effects.
///
/// Only this item fails: what the worker had finished stands, what it had not begun runs
/// elsewhere, and the worker is replaced.
public final class WorkerDiedException extends ItemException {
    private static final long serialVersionUID = 1L;

    // not serializable; the message, which holds all of it, travels
    private final transient @Nullable DeathReport report;

    /// Reports a death.
    ///
    /// @param facts the item that was running
    /// @param report what is known of the death
    public WorkerDiedException(Facts facts, DeathReport report) {
        super(facts, facts + ": " + report.describe(), null);
        this.report = report;
    }

    /// {@return what is known of the death}
    /// @throws IllegalStateException if this exception came from another process; see its message
    public DeathReport report() {
        if (report == null) {
            throw new IllegalStateException("the report stayed in its process: " + getMessage());
        }
        return report;
    }
}
