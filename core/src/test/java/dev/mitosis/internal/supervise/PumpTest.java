package dev.mitosis.internal.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.internal.link.Bell;
import dev.mitosis.internal.link.CorruptLinkException;
import dev.mitosis.spi.Job.Verb;
import dev.mitosis.testing.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the pump does with a worker that is gone, with what a caller that led has left, and with
/// trouble on this side.
class PumpTest {
    private static final String NAME = "pump-under-test";

    @TempDir
    Path directory;

    private LyingWorker worker;
    private final CompletableFuture<Optional<CorruptLinkException>> ended = new CompletableFuture<>();

    @BeforeEach
    void attach() throws IOException {
        worker = new LyingWorker(directory);
    }

    @AfterEach
    void detach() throws IOException {
        worker.close();
    }

    private Pump pump() {
        return pump(new ReentrantLock());
    }

    private Pump pump(ReentrantLock reading) {
        return worker.pump(NAME, corrupt -> ended.complete(Optional.ofNullable(corrupt)), reading);
    }

    private static void awaitThatThePumpWaitsForTheLeader() {
        Eventually.holds("the pump waits", () -> Thread.getAllStackTraces().entrySet().stream()
                .anyMatch(thread -> thread.getKey().getName().equals(NAME)
                        && thread.getKey().getState() == Thread.State.WAITING));
    }

    @Test
    void f13_all_that_a_dead_worker_has_published_is_taken_although_a_caller_leads() throws Exception {
        var leading = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        int items = 1_000_000;
        var received = worker.lease(new Received(Verb.MAP, items) {
            @Override
            public void replied(byte[] records, int length, int outcomes, boolean allOk) {
                leading.countDown();
                await(goOn);
                super.replied(records, length, outcomes, allOk);
            }
        });
        var pump = pump();
        assertEquals(items, worker.write(new byte[items], 0, items)); // a null for each
        var leader = Thread.ofPlatform().start(pump::poll);
        leading.await();

        worker.hangUp();
        pump.start();
        awaitThatThePumpWaitsForTheLeader();
        goOn.countDown();

        assertNull(ended.get(1, TimeUnit.MINUTES).orElse(null));
        leader.join();
        assertEquals(items, received.outcomes());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Pump sleepingPump() {
        return sleeping(pump());
    }

    private Pump sleeping(Pump pump) {
        pump.start();
        Eventually.holds("the pump sleeps", () -> Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().equals(NAME))
                .flatMap(thread -> Stream.of(thread.getValue()))
                .anyMatch(frame -> frame.getClassName().equals(Bell.class.getName())));
        return pump;
    }

    private void awaitEnd() throws Exception {
        worker.hangUp();
        assertNull(ended.get(1, TimeUnit.MINUTES).orElse(null));
    }

    /// The worker saw that one leads, and did not ring.
    @Test
    void all_that_came_while_a_caller_led_is_taken_when_it_goes() throws Exception {
        int items = 1_000_000;
        var received = worker.lease(Verb.MAP, items);
        var pump = sleepingPump();
        pump.beginToLead(false);
        assertEquals(items, worker.write(new byte[items], 0, items)); // a null for each

        pump.endLeading(false);

        assertEquals(items, received.outcomes());
        awaitEnd();
    }

    /// Another that has led holds the lock just then, to see how far was read, and reads nothing.
    @Test
    void what_came_while_callers_led_is_taken_although_the_lock_is_held_as_one_goes() throws Exception {
        var held = new AtomicBoolean();
        var lock = new ReentrantLock() {
            private static final long serialVersionUID = 1;

            @Override
            public boolean tryLock() {
                return !held.get() && super.tryLock();
            }
        };
        var received = worker.lease(Verb.MAP, 1);
        var pump = sleeping(pump(lock));
        pump.beginToLead(false);
        worker.write(new byte[1], 0, 1);

        held.set(true);
        pump.endLeading(false);
        held.set(false);

        assertEquals(1, received.outcomes());
        awaitEnd();
    }

    /// Its worker did not see the flag, and what it wrote last is seen a moment later.
    @Test
    void an_outcome_that_is_seen_late_is_taken_although_another_was_seen_at_once() throws Exception {
        var received = worker.lease(new Received(Verb.MAP, 2) {
            @Override
            public void replied(byte[] records, int length, int outcomes, boolean allOk) {
                super.replied(records, length, outcomes, allOk);
                if (outcomes() == 1) {
                    worker.write(new byte[1], 0, 1);
                }
            }
        });
        var pump = sleepingPump();
        pump.beginToLead(false);
        worker.memory().lazy().raise();
        worker.write(new byte[1], 0, 1);

        pump.endLeading(false);

        assertEquals(2, received.outcomes());
        awaitEnd();
    }

    @Test
    void outcomes_that_cannot_be_taken_for_want_of_memory_end_the_link() throws Exception {
        worker.lease(new Received(Verb.MAP, 1) {
            @Override
            public void replied(byte[] records, int length, int outcomes, boolean allOk) {
                throw new OutOfMemoryError("not really");
            }
        });
        worker.write(new byte[1], 0, 1);

        pump().start();

        var message = ended.get(1, TimeUnit.MINUTES).orElseThrow().getMessage();
        assertTrue(message.contains("could not be taken here: java.lang.OutOfMemoryError: not really"), message);
    }
}
