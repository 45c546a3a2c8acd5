package dev.mitosis;

import dev.mitosis.internal.call.EnginePool;
import dev.mitosis.internal.local.InlineCrew;
import dev.mitosis.internal.local.ThreadCrew;
import dev.mitosis.internal.worker.CurrentItem;

/// The one way from what users say into what the library does.
final class Pools {
    private Pools() {}

    static Pool open(PoolConfig config) {
        return EnginePool.open(config, new CallOptions());
    }

    static Backend processes() {
        return ThreadCrew::new;
    }

    static Backend threads() {
        return ThreadCrew::new;
    }

    static Backend inline() {
        return InlineCrew::new;
    }

    static WorkerContext currentContext() {
        return CurrentItem.current();
    }
}
