package dev.mitosis.internal.call;

import dev.mitosis.internal.schedule.Part;
import org.jspecify.annotations.Nullable;

/// What stands in the place of a unit's outcome record once an attempt at it went wrong.
///
/// It is pending as long as it has neither a verdict nor a result. All of it is guarded by the
/// call's lock.
final class Substitute {
    private @Nullable Verdict verdict;
    private boolean claimed;
    private @Nullable Strip result;
    private @Nullable Verdict stopping;
    private long index;
    private int attempts;
    private long pid;

    /// Makes one for a unit after an attempt.
    ///
    /// @param index of the item that went wrong, which in a fold is one of the unit's
    /// @param attempts how many attempts have begun
    /// @param pid the worker of the last one
    Substitute(long index, int attempts, long pid) {
        this.index = index;
        this.attempts = attempts;
        this.pid = pid;
    }

    /// Another attempt has gone wrong.
    ///
    /// @param part the attempt
    /// @param at the index of the item that went wrong
    void began(Part part, long at) {
        index = at;
        attempts = part.attempt();
        pid = part.pid();
    }

    /// {@return the index of the item that went wrong}
    long index() {
        return index;
    }

    /// Is about to end the unit badly; what has to be done before anybody can read that comes next.
    ///
    /// @return false if it has ended already, or another is about to
    boolean claim() {
        if (isDecided()) {
            return false;
        }
        claimed = true;
        return true;
    }

    /// Ends the unit badly; it was claimed.
    void end(Verdict how) {
        verdict = how;
    }

    /// Ends the unit by what a later attempt has brought.
    ///
    /// @return false if it has ended already
    boolean end(Strip attempt) {
        if (isDecided()) {
            return false;
        }
        result = attempt;
        return true;
    }

    /// {@return whether its end can be read}
    boolean isFinal() {
        return verdict != null || result != null;
    }

    /// {@return whether nothing that comes now makes a difference to its end}
    boolean isDecided() {
        return claimed || result != null;
    }

    /// Says that the running attempt is being stopped: the next may start when it has ended.
    void stop(Verdict why) {
        stopping = why;
    }

    /// {@return why the attempt that has just ended was stopped, once; or null}
    @Nullable Verdict takeStopping() {
        var why = stopping;
        stopping = null;
        return why;
    }

    boolean isStopping() {
        return stopping != null;
    }

    @Nullable Verdict verdict() {
        return verdict;
    }

    @Nullable Strip result() {
        return result;
    }

    int attempts() {
        return attempts;
    }

    long pid() {
        return pid;
    }
}
