package dev.mitosis.workers;

import static dev.mitosis.testing.Failures.failureOf;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.DeathReport;
import dev.mitosis.LongRange;
import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.PoolStats;
import dev.mitosis.WorkerContext;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.internal.codec.Kind;
import dev.mitosis.testing.Calls;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Ledger;
import dev.mitosis.testing.Pause;
import dev.mitosis.testing.Processes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A worker that dies fails the item it was running, and no other.
@Tag("process")
@ExtendWith(LeakCheck.class)
class WorkerDeathProcessTest {
    private static Pool pool; // for the tests of this class

    @TempDir
    Path directory;

    @BeforeAll
    static void openPool() {
        pool = Pool.open(2);
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    private static <T> T dieByKill9(T unused) {
        Processes.kill9(ProcessHandle.current().pid());
        return unused;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 12, 40})
    void f13_a_killed_worker_fails_its_item_and_no_other(int chunkSize) throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var ledger = Ledger.in(directory);
            var all = new ArrayList<Outcome<Integer>>();
            long deaths = pool.stats().deaths();

            try (var outcomes = pool.with(o -> o.withChunkSize(chunkSize))
                    .outcomes(n -> n == 5 ? door.pass(ledger.note(n)) : ledger.note(n), upTo(40))) {
                var visitor = gate.arrivalOf(5);
                Processes.kill9(visitor.pid());
                outcomes.forEachRemaining(all::add);

                assertReportsSigkill(visitor.pid(), assertInstanceOf(Outcome.Died.class, all.get(5)).report());
            }

            for (int n = 0; n < 40; n++) {
                if (n != 5) {
                    assertEquals(n, assertInstanceOf(Outcome.Ok.class, all.get(n)).value());
                }
            }
            assertEquals(upTo(40).stream().map(String::valueOf).sorted().toList(),
                    ledger.notes().stream().sorted().toList(), "each item ran exactly once");
            assertEquals(deaths + 1, pool.stats().deaths());
        }
    }

    private static void assertReportsSigkill(long pid, DeathReport report) {
        assertEquals(5, report.index());
        assertEquals("5", report.inputSummary());
        assertEquals(1, report.attempt());
        assertEquals(pid, report.pid());
        assertEquals(OptionalInt.of(137), report.exitCode());
        assertTrue(report.describe().contains("SIGKILL"), report.describe());
        assertTrue(report.describe().contains("137"), report.describe());
    }

    @Test
    void f8_the_exception_tells_all_that_is_known() {
        var failure = assertThrows(WorkerDiedException.class, () -> pool.map(n -> {
            if (n == 3) {
                System.err.println("the last words of item " + n);
                System.err.flush();
                dieByKill9(n);
            }
            return n;
        }, upTo(10)));

        assertEquals(3, failure.index());
        assertEquals(failure.pid(), failure.report().pid());
        for (var part : List.of("item 3", "SIGKILL", "137", "the last words of item 3", "" + failure.pid())) {
            assertTrue(failure.getMessage().contains(part), failure.getMessage());
        }
    }

    @Test
    void f8_its_last_lines_are_read_before_its_death_is_told_though_whoever_hears_them_is_slow() {
        try (var one = Pool.open(c -> c.withWorkers(1)
                .withOutput((worker, error, line) -> Pause.of(Duration.ofMillis(150))))) {
            var failure = assertThrows(WorkerDiedException.class, () -> one.apply(() -> {
                System.out.println("one\ntwo");
                return dieByKill9(1);
            }));

            assertEquals(List.of("one", "two"), failure.report().lastOutput());
        }
    }

    @Test
    void f8_a_dead_worker_is_replaced_on_its_seat() {
        pool.map(n -> n, upTo(20), 1);
        var failure = assertThrows(WorkerDiedException.class, () -> pool.apply(() -> dieByKill9(1)));

        Eventually.holds("two workers are ready", () -> pool.stats().workers().stream()
                .filter(worker -> worker.state().equals("idle") && worker.pid() != failure.pid()).count() == 2);
        assertEquals(upTo(100), pool.map(n -> n, upTo(100)));
        assertFalse(Processes.isAlive(failure.pid()));
    }

    @Test
    void f8_an_idle_worker_that_is_killed_fails_nothing() {
        long deaths = pool.stats().deaths();
        var pids = pool.stats().workers().stream().map(PoolStats.Worker::pid).filter(pid -> pid > 0).toList();
        pids.forEach(Processes::kill9);

        assertEquals(upTo(100), pool.map(n -> n, upTo(100)));
        Eventually.holds("all deaths are known", () -> pool.stats().deaths() >= deaths + pids.size());
    }

    @Test
    void a_caller_that_takes_outcomes_in_itself_survives_deaths() throws Exception {
        try (var one = Pool.open(1)) { // so that a core is left for the caller to look at the ring with
            for (int n = 0; n < 20; n++) {
                long pid = one.apply(() -> ProcessHandle.current().pid());
                var killed = Calls.start(() -> {
                    Processes.kill9(pid);
                    return pid;
                });
                applyUntilAfter(one, n);
                assertEquals(pid, killed.get());
            }
        }
    }

    private static void applyUntilAfter(Pool one, int deaths) {
        for (int i = 0; one.stats().deaths() == deaths; i++) {
            try {
                assertEquals(i, (int) one.apply(k -> k, i));
            } catch (WorkerDiedException e) {
                assertTrue(e.getMessage().contains("SIGKILL"), e.getMessage());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99})
    void f7_a_task_that_calls_system_exit_fails_alone(int status) {
        var failure = assertThrows(WorkerDiedException.class, () -> pool.apply(() -> {
            System.exit(status);
            return 1;
        }));

        assertTrue(failure.getMessage().contains("System.exit(" + status + ")"), failure.getMessage());
        assertEquals(OptionalInt.of(status), failure.report().exitCode());
        assertEquals(2, pool.apply(() -> 2));
    }

    @Test
    void f7_a_task_that_halts_fails_alone() {
        var failure = assertThrows(WorkerDiedException.class, () -> pool.apply(() -> {
            Runtime.getRuntime().halt(77);
            return 1;
        }));

        assertTrue(failure.getMessage().contains("77 (halt or native exit)"), failure.getMessage());
        assertEquals(OptionalInt.of(77), failure.report().exitCode());
    }

    @Test
    void f8_a_task_that_crashes_its_jvm_fails_alone() {
        var failure = assertThrows(WorkerDiedException.class, () -> pool.apply(() -> {
            Processes.signal("ABRT", ProcessHandle.current().pid());
            Thread.sleep(60_000);
            return 1;
        }));

        assertTrue(failure.getMessage().contains("SIGABRT"), failure.getMessage());
        assertEquals(OptionalInt.of(134), failure.report().exitCode());
    }

    @Test
    void f8_every_verb_reports_a_death() throws Exception {
        assertEquals(2, failureOf(() -> pool.map(n -> n == 2 ? dieByKill9(n) : n, upTo(8), 3)).index());
        var task = pool.mapAsync(n -> n == 2 ? dieByKill9(n) : n, upTo(8));
        assertInstanceOf(WorkerDiedException.class, assertThrows(ExecutionException.class, task::get).getCause());
        try (var results = pool.imap(n -> n == 2 ? dieByKill9(n) : n, upTo(4), 2)) {
            assertEquals(0, results.next());
            assertEquals(1, results.next());
            assertThrows(WorkerDiedException.class, results::next);
            assertEquals(3, results.next());
        }
        try (var numbers = pool.imapToLong(n -> n == 1 ? dieByKill9(n) : n, LongRange.of(0, 3))) {
            assertEquals(0, numbers.nextLong());
            assertThrows(WorkerDiedException.class, numbers::nextLong);
            assertEquals(2, numbers.nextLong());
        }
        assertInstanceOf(WorkerDiedException.class,
                failureOf(() -> pool.mapToLong(n -> n == 2 ? dieByKill9(n) : n, LongRange.of(0, 8))));
        assertInstanceOf(WorkerDiedException.class,
                failureOf(() -> pool.mapReduce(n -> n == 2 ? dieByKill9(n) : n, Integer::sum, 0, upTo(8))));
        assertInstanceOf(WorkerDiedException.class, failureOf(
                () -> pool.mapReduceLong(n -> n == 2 ? dieByKill9(n) : n, Long::sum, 0, LongRange.of(0, 8))));
        assertInstanceOf(WorkerDiedException.class, failureOf(
                () -> upTo(8).stream().gather(pool.mapping(n -> n == 2 ? dieByKill9(n) : n)).toList()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 20})
    void f14_an_item_that_killed_its_worker_is_tried_again(int chunkSize) {
        var patient = pool.with(o -> o.withRetries(1).withChunkSize(chunkSize));

        assertEquals(upTo(20), patient.map(
                n -> n % 9 == 4 && WorkerContext.current().attempt() == 1 ? dieByKill9(n) : n, upTo(20)));
        assertEquals(190, patient.mapReduce(
                n -> n == 4 && WorkerContext.current().attempt() == 1 ? dieByKill9(n) : n,
                Integer::sum, 0, upTo(20)));
    }

    @Test
    void f14_an_item_that_kills_every_worker_stops_no_other() {
        try (var outcomes = pool.with(o -> o.withRetries(2)).outcomes(n -> n == 4 ? dieByKill9(n) : n, upTo(10))) {
            for (int n = 0; n < 10; n++) {
                var outcome = outcomes.next();
                if (n == 4) {
                    assertEquals(3, assertInstanceOf(Outcome.Died.class, outcome).item().attempts());
                } else {
                    assertEquals(n, assertInstanceOf(Outcome.Ok.class, outcome).value());
                }
            }
        }
    }

    @Test
    void f13_a_task_that_waits_is_not_touched_by_the_death_of_another() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var waiting = pool.applyAsync(() -> door.pass("waiting"));
            var visitor = gate.arrival();

            var failure = assertThrows(WorkerDiedException.class, () -> pool.apply(() -> dieByKill9(1)));
            visitor.release();

            assertNotEquals(visitor.pid(), failure.pid());
            assertEquals("waiting", waiting.get());
        }
    }

    /// Sends 64 MiB of an answer that is said to be longer.
    private static int dieWhileAnswering() {
        int length = (64 << 20) + 1_000;
        Sabotage.reply(ByteBuffer.allocate(5).order(ByteOrder.LITTLE_ENDIAN).put(Kind.BYTES).putInt(length).array());
        for (int sent = 0; sent < 64; sent++) {
            Sabotage.reply(new byte[1 << 20]);
        }
        return dieByKill9(0);
    }

    @Test
    void f13_the_pieces_of_an_answer_that_a_death_cuts_off_take_no_room_from_other_items() {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var view = pool.with(o -> o.withWindow(2));
            try (var outcomes = view.outcomes(n -> n == 0 ? dieWhileAnswering() : door.pass(n), upTo(3))) {
                assertInstanceOf(Outcome.Died.class, outcomes.next());
                var visitors = List.of(gate.arrivalOf(1), gate.arrivalOf(2)); // both run
                visitors.forEach(Gate.Visitor::release);
                outcomes.forEachRemaining(one -> assertInstanceOf(Outcome.Ok.class, one));
            }
        }
    }
}
