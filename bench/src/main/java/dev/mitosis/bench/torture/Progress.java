package dev.mitosis.bench.torture;

/// What a thread does, and since when nothing has moved there.
final class Progress {
    private final String name;

    // written by the thread itself, read by the watchdog
    private volatile String doing = "nothing yet";
    private volatile long since = System.nanoTime();

    Progress(String name) {
        this.name = name;
    }

    /// Begins something.
    void begin(Object what) {
        doing = what.toString();
        since = System.nanoTime();
    }

    /// Something has moved.
    void step() {
        since = System.nanoTime();
    }

    /// The thread has ended, and will not be waited for any more.
    void end() {
        doing = "";
    }

    /// {@return whether the thread should move, and has not for so long}
    ///
    /// @param nanos how long
    boolean isHung(long nanos) {
        return !doing.isEmpty() && System.nanoTime() - since > nanos;
    }

    @Override
    public String toString() {
        return name + ": " + doing;
    }
}
