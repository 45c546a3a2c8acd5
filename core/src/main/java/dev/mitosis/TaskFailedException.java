package dev.mitosis;

/// The function threw, or its argument or result could not travel.
///
/// The cause is the worker's own exception with its real frames, or a faithful stand-in when it
/// cannot be read here; or a [NotShippableException] or [NotReadableException].
public final class TaskFailedException extends ItemException {
    private static final long serialVersionUID = 1L;

    /// Reports that an item failed.
    ///
    /// @param facts the item
    /// @param cause what the function threw
    public TaskFailedException(Facts facts, Throwable cause) {
        super(facts, facts + where(facts) + cause, cause);
    }

    private static String where(Facts facts) {
        return facts.attempts() == 0
                ? " was not sent to any worker: "
                : " failed in worker process " + facts.pid() + ": ";
    }
}
