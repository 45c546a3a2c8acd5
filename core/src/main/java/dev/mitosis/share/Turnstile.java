package dev.mitosis.share;

import dev.mitosis.internal.hosting.Locking;
import dev.mitosis.internal.hosting.Prompt;

/// A lock for many readers or one writer, as its callers see it; hosted.
interface Turnstile {
    /// How an attempt has ended.
    enum Entry {
        /// Others hold it.
        NOT,
        /// It is held.
        FREE,
        /// It is held, and a writer had left it locked.
        ABANDONED
    }

    /// Enters.
    ///
    /// @param writes whether to write
    /// @param nanos for how long to wait at most
    /// @return how that has ended
    /// @throws InterruptedException if this thread is interrupted
    @Locking
    Entry enter(boolean writes, long nanos) throws InterruptedException;

    /// Enters if that can be at once.
    ///
    /// @param writes whether to write
    /// @return whether it could
    /// @throws InterruptedException if this thread is interrupted
    @Prompt
    Entry tryEnter(boolean writes) throws InterruptedException;

    /// Leaves.
    ///
    /// @param writes whether it has written
    @Prompt
    void leave(boolean writes);

    /// Leaves all that a caller has entered, since its item has ended; nothing if that is nothing.
    ///
    /// @param what has happened
    @Prompt
    void abandon(String what);

    /// {@return who left it locked last}
    @Prompt
    String whoLeft();
}
