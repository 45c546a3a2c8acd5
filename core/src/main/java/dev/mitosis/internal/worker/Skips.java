package dev.mitosis.internal.worker;

import java.util.concurrent.ConcurrentHashMap;

/// Which items of which calls are not to start any more.
final class Skips {
    // written by the control thread, read by the runner
    private final ConcurrentHashMap<Long, Long> from = new ConcurrentHashMap<>();
    private volatile boolean any;

    void skip(long call, long index) {
        from.merge(call, index, Math::min);
        any = true;
    }

    void forget(long call) {
        from.remove(call);
        any = !from.isEmpty();
    }

    boolean isSkipped(long call, long index) {
        return any && index >= from.getOrDefault(call, Long.MAX_VALUE);
    }
}
