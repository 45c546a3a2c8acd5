package dev.mitosis.internal.supervise;

import dev.mitosis.internal.link.Control;

/// How deep pools of processes are nested in each other.
public final class Nesting {
    /// The deepest that is allowed: workers of workers.
    public static final int DEEPEST = 2;

    private Nesting() {}

    /// {@return 0 in a process that no pool started, 1 in a worker, 2 in a worker's worker}
    public static int depth() {
        var depth = System.getenv(Control.DEPTH);
        return depth == null ? 0 : Integer.parseInt(depth);
    }

    /// Refuses one more level than is allowed.
    ///
    /// @throws IllegalStateException if this process is as deep as one may be
    public static void ensureNotTooDeep() {
        if (depth() >= DEEPEST) {
            throw new IllegalStateException("pools of processes may be nested " + DEEPEST
                    + " levels deep; this is a worker of a worker. If the pool is a static field,"
                    + " make it a local variable: each worker initializes the class too");
        }
    }
}
