package dev.mitosis.internal.hosting;

/// A hosted object that wants to know what becomes of its callers; told by threads that must not
/// wait.
public interface Attentive {
    /// A process is gone, and all that it was is to be undone. Told again whenever a call of it
    /// ends that was not over by then.
    ///
    /// @param party its number, see [Caller]
    /// @param pid its process
    void partyGone(int party, long pid);

    /// A thread of this process will never call again, though it may still run.
    ///
    /// @param caller the thread
    default void threadGone(Caller caller) {}

    /// Nobody can call any more: whoever waits in it is to be told that its pool is closed.
    void ended();
}
