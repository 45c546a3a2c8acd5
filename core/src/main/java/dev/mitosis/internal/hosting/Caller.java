package dev.mitosis.internal.hosting;

import org.jspecify.annotations.Nullable;

/// A thread of some process, as the process sees it that hosts what is called.
///
/// @param party the number of the process, [#HOST] for the host itself; no other process of this
///     host ever has the same
/// @param thread the number of the thread in its process
public record Caller(int party, long thread) {
    /// The process that hosts.
    public static final int HOST = 1;

    private static final ThreadLocal<@Nullable Caller> VISITING = new ThreadLocal<>();

    /// {@return who calls the hosted object that this thread is in}
    public static Caller current() {
        var visiting = VISITING.get();
        return visiting == null ? new Caller(HOST, Thread.currentThread().threadId()) : visiting;
    }

    /// This thread calls for another process from now on.
    static void visits(Caller caller) {
        VISITING.set(caller);
    }
}
