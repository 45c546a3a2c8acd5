package dev.mitosis.internal.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.internal.link.LinkLayout;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.Items;
import dev.mitosis.spi.Job.Verb;
import dev.mitosis.testing.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of a lease that is larger than the request ring.
class SeatLinkTest {
    private static final byte[] LARGE = new byte[3 << 20];

    @TempDir
    Path directory;

    private LyingWorker worker;

    @BeforeEach
    void attach() throws IOException {
        worker = new LyingWorker(directory);
    }

    @AfterEach
    void detach() throws IOException {
        worker.close();
    }

    private static Received large() {
        return new Received(Verb.MAP, 1) {
            @Override
            public Items items() {
                return new Items.Values(Bytes.of(LARGE));
            }
        };
    }

    /// It rings while whoever gives the lease is not through with that: nobody rings again.
    @Test
    void the_rest_is_written_when_the_worker_asks_for_it_at_once() throws Exception {
        var memory = worker.memory();
        var requests = memory.requestReader();
        worker.clogBell();
        memory.workerAsleep().raise();
        var giving = new FutureTask<>(() -> worker.lease(large()));
        Thread.ofPlatform().start(giving);
        Eventually.holds("the ring is full", () -> requests.available() == LinkLayout.RING);

        requests.release(LinkLayout.RING / 2);
        assertTrue(memory.requestWanted().take());
        var written = new CompletableFuture<Boolean>();
        var pump = Thread.ofPlatform().start(() -> flush(written));
        Eventually.holds("it waits or is through", () -> pump.getState() == Thread.State.WAITING || !pump.isAlive());
        worker.hearBell();

        giving.get(1, TimeUnit.MINUTES);
        assertTrue(written.get(1, TimeUnit.MINUTES), "nobody would write the rest");
        assertEquals(LinkLayout.RING, requests.available());
    }

    private void flush(CompletableFuture<Boolean> written) {
        try {
            written.complete(worker.link().flush());
        } catch (IOException | RuntimeException e) {
            written.completeExceptionally(e);
        }
    }
}
