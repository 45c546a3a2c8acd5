package dev.mitosis;

import dev.mitosis.internal.call.EnginePool;
import dev.mitosis.internal.launch.JvmLauncher;
import dev.mitosis.internal.local.InlineCrew;
import dev.mitosis.internal.local.ThreadCrew;
import dev.mitosis.internal.supervise.Nesting;
import dev.mitosis.internal.supervise.ProcessCrew;
import dev.mitosis.internal.worker.CurrentItem;
import dev.mitosis.internal.worker.WorkerMain;
import dev.mitosis.spi.Crew;
import dev.mitosis.spi.CrewListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The one way from what users say into what the library does.
final class Pools {
    private Pools() {}

    static Pool open(PoolConfig config) {
        return EnginePool.open(config, new CallOptions());
    }

    static Optional<Path> buildStartCache(PoolConfig config)
            throws IOException, InterruptedException {
        var loader = Thread.currentThread().getContextClassLoader();
        try (var launcher = JvmLauncher.of(config, 0, loader)) {
            return launcher.buildCache();
        }
    }

    static Backend processes() {
        return Pools::crew;
    }

    /// Workers of processes; inside a worker the thread that makes the call, unless nesting is on.
    private static Crew crew(PoolConfig config, CrewListener listener) {
        if (WorkerMain.isWorker() && !config.nesting()) {
            return new InlineCrew(listener);
        }
        Nesting.ensureNotTooDeep();
        return new ProcessCrew(config, listener);
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
