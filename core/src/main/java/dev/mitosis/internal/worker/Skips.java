package dev.mitosis.internal.worker;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which items of which calls are not to start any more.
final class Skips {
    // written by the control thread, read by the runner
    private final ConcurrentHashMap<Long, Long> from = new ConcurrentHashMap<>();
    private volatile boolean any;

    // owned by the runner
    private final Map<Long, Integer> failures = new HashMap<>();

    void skip(long call, long index) {
        from.merge(call, index, Math::min);
        any = true;
    }

    /// Counts a failure, and skips what is above it if there are too many; on the runner.
    void failed(long call, long index, int haltAfter) {
        if (failures.merge(call, 1, Integer::sum) >= haltAfter) {
            skip(call, index + 1);
        }
    }

    void forget(long call) {
        failures.remove(call);
        from.remove(call);
        any = !from.isEmpty();
    }

    boolean isSkipped(long call, long index) {
        return any && index >= from.getOrDefault(call, Long.MAX_VALUE);
    }
}
