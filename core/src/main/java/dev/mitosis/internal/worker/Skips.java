package dev.mitosis.internal.worker;

import java.util.LinkedHashMap;
import java.util.Map;

/// Which items of which calls are not to start any more.
///
/// What is known of a call is forgotten when a thousand later ones have had such trouble.
final class Skips {
    private static final int MOST_CALLS = 1_000;

    /// What is known of calls, the oldest dropped first.
    private static final class Recent<V> extends LinkedHashMap<Long, V> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
            return size() > MOST_CALLS;
        }
    }

    // guarded by this; written by the control thread and the runner
    private final Recent<Long> from = new Recent<>();

    // owned by the runner
    private final Recent<Integer> failures = new Recent<>();

    // set with the first entry, read by the runner
    private volatile boolean any;

    synchronized void skip(long call, long index) {
        from.merge(call, index, Math::min);
        any = true;
    }

    /// Counts a failure, and skips what is above it if there are too many; on the runner.
    void failed(long call, long index, int haltAfter) {
        if (failures.merge(call, 1, Integer::sum) >= haltAfter) {
            skip(call, index + 1);
        }
    }

    boolean isSkipped(long call, long index) {
        return any && isBeyond(call, index);
    }

    /// Apart, as [Interrupts] says of what is hardly ever run.
    private boolean isBeyond(long call, long index) {
        Long bound;
        synchronized (this) {
            bound = from.get(call);
        }
        return bound != null && index >= bound;
    }
}
