package dev.mitosis.internal.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.PoolConfig;
import dev.mitosis.testing.LeakCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A worker process while this one has no room for another thread.
@Tag("process")
@ExtendWith(LeakCheck.class)
class WorkerProcessTest {
    @TempDir
    Path directory;

    private final List<WorkerEvent> events = new ArrayList<>();

    private WorkerProcess worker(Process process) throws Exception {
        var terms = new WorkerProcess.Terms(PoolConfig.defaults(), new GuardedOutput((seat, error, line) -> {}),
                directory, 0, (worker, event) -> events.add(event));
        return new WorkerProcess(new LinkServer.Start(0, 0), process,
                LinkFile.create(directory.resolve("memory")), terms);
    }

    /// Else nobody would ever say that its ring is drained, for which its seat waits.
    @Test
    void one_whose_outcomes_nobody_can_take_is_killed_and_has_no_ring_to_be_drained() throws Exception {
        var process = new ProcessBuilder("sleep", "600").start();
        try (var lying = new LyingWorker(directory)) {
            var worker = worker(process);
            var ended = new CountDownLatch(1);
            var pump = lying.pump("pump-under-test", corrupt -> ended.countDown());
            lying.hangUp();
            pump.start();
            ended.await();
            worker.connect(new WorkerProcess.Connection(null, null, null, lying.link(), pump));

            worker.startPump(); // no thread starts a second time

            assertEquals(137, process.waitFor());
            assertEquals("was killed, since its outcomes cannot be taken here:"
                    + " java.lang.IllegalThreadStateException", worker.killedWhy());
            assertEquals(List.of(new WorkerEvent.RingDrained(), new WorkerEvent.WasKilled()), events);
            worker.memory().close();
        } finally {
            process.destroyForcibly();
        }
    }
}
