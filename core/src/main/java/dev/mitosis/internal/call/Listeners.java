package dev.mitosis.internal.call;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The listeners that callers wait for, so that nobody does any more once the pool is terminated:
/// a listener is foreign code, and may never return.
final class Listeners {
    private final Set<Hearing> awaited = ConcurrentHashMap.newKeySet();
    private volatile boolean left;

    /// Notes that somebody waits for a listener.
    void await(Hearing hearing) {
        awaited.add(hearing);
        if (left) { // looked at after that, and set before the others are told
            hearing.leave();
        }
    }

    /// Notes that nobody waits for it any more.
    void awaited(Hearing hearing) {
        awaited.remove(hearing);
    }

    /// Has nobody wait any more, now or later.
    void leave() {
        left = true;
        awaited.forEach(Hearing::leave);
    }
}
