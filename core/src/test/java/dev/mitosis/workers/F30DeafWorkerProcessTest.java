package dev.mitosis.workers;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.Task;
import dev.mitosis.TaskTimeoutException;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.internal.link.Control;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Processes;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A worker that does not read its control socket is killed and replaced, and nobody waits for it.
@Tag("process")
@ExtendWith(LeakCheck.class)
class F30DeafWorkerProcessTest {
    private static final int MANY = 200_000; // messages; far more than a socket and a queue hold

    private static Pool pool; // for the tests of this class

    @BeforeAll
    static void openPool() {
        pool = Pool.open(2);
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    @AfterEach
    void thePoolIsAsGoodAsBefore() {
        assertEquals(upTo(100), pool.map(n -> n, upTo(100)));
    }

    private static void assertDiedSinceItDidNotRead(Task<?> task) {
        var thrown = assertThrows(ExecutionException.class, task::get);
        var cause = ((WorkerDiedException) thrown.getCause()).report().cause();
        assertEquals("was killed, since it stopped reading its control socket", cause);
    }

    /// Every call that is cancelled tells all workers to skip its items.
    private static void cancelUntilOneDies(Pool pool) {
        for (int i = 0; i < MANY && pool.stats().deaths() == 0; i++) {
            pool.applyAsync(() -> 1).cancel(true);
        }
    }

    @Test
    void f30_a_worker_that_is_stopped_while_its_parent_says_much_is_replaced() {
        try (var gate = Gate.create(); var one = Pool.open(1)) { // two may both be too slow
            var door = gate.door();
            var stopped = one.applyAsync(() -> door.pass("stopped"));
            Processes.stop(gate.arrival().pid());

            cancelUntilOneDies(one);

            assertDiedSinceItDidNotRead(stopped);
            assertEquals(1, one.stats().deaths());
            assertEquals(upTo(10), one.map(n -> n, upTo(10)), "another has its seat");
        }
    }

    @Test
    void f30_a_worker_that_asks_for_much_and_does_not_read_the_answers_is_replaced() {
        var deaf = pool.applyAsync(() -> {
            Sabotage.deafen();
            for (int i = 0; i < MANY; i++) {
                Sabotage.send(Control.WANTED, (byte) i, (byte) (i >> 8), (byte) (i >> 16), (byte) 1, (byte) 'x');
            }
            return "nobody stopped it";
        });

        assertEquals(upTo(1_000), pool.map(n -> n, upTo(1_000), 1), "meanwhile others work");

        assertDiedSinceItDidNotRead(deaf);
    }

    @Test
    void f30_a_worker_that_is_deaf_can_still_be_killed_after_its_time_out() {
        try (var one = Pool.open(1)) {
            one.apply(() -> Sabotage.deafen());

            var thrown = assertThrows(TaskTimeoutException.class, () -> one
                    .with(o -> o.withTimeout(Duration.ofMillis(100)).withGrace(Duration.ofSeconds(3)))
                    .apply(() -> Sabotage.stay()));

            assertTrue(thrown.stackDump().contains("no safepoint reached"), thrown::stackDump);
            assertEquals(upTo(10), one.map(n -> n, upTo(10)), "another has its seat");
        }
    }

    /// Else what its items ask of this process would never be answered.
    @Test
    void a_worker_that_cannot_take_a_message_ends() {
        var stunned = pool.applyAsync(() -> {
            Sabotage.stun();
            Sabotage.stay();
        });

        var thrown = assertThrows(ExecutionException.class, stunned::get);
        var report = ((WorkerDiedException) thrown.getCause()).report();
        assertEquals("ended with exit status 1 (halt or native exit)", report.cause());
        assertTrue(report.lastOutput().contains("java.lang.OutOfMemoryError: not really"), report::toString);
    }
}
