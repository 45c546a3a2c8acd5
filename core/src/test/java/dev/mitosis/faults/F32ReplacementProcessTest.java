package dev.mitosis.faults;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.WorkerContext;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Ledger;
import dev.mitosis.testing.Logged;
import dev.mitosis.testing.Processes;
import dev.mitosis.testing.SideBySide;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Workers are replaced after so many items, whatever else goes on.
@Tag("process")
@ExtendWith(LeakCheck.class)
class F32ReplacementProcessTest {
    private static final int ITEMS = 42;

    @TempDir
    Path directory;

    private static long self() {
        return ProcessHandle.current().pid();
    }

    /// Every seventh item kills its worker, every seventh runs out of time, every seventh throws; but only once.
    private static int trouble(int item, Ledger ledger, Gate.Door door) throws IOException {
        ledger.note(self() + " " + item);
        if (WorkerContext.current().attempt() > 1) {
            return item;
        }
        return switch (item % 7) {
            case 2 -> dieByKill9(item);
            case 4 -> door.pass(item); // until it is interrupted
            case 5 -> throw new IOException("on purpose");
            default -> item;
        };
    }

    private static int dieByKill9(int item) {
        Processes.kill9(self());
        return item;
    }

    @ParameterizedTest
    @SideBySide
    @ValueSource(ints = {1, 5})
    void f32_replacing_goes_on_among_kills_time_outs_failures_and_retries(int chunkSize) {
        var ledger = Ledger.in(directory);
        try (var gate = Gate.create(); var pool = Pool.open(c -> c.withWorkers(2).withMaxTasksPerWorker(3))) {
            var door = gate.door();
            var all = new ArrayList<Outcome<Integer>>();
            var patient = pool.with(o -> o.withRetries(1).withChunkSize(chunkSize)
                    .withTimeout(Duration.ofSeconds(3)).withGrace(Duration.ofSeconds(20)));

            try (var outcomes = patient.outcomes(n -> trouble(n, ledger, door), upTo(ITEMS))) {
                outcomes.forEachRemaining(all::add);
            }

            assertEquals(upTo(ITEMS),
                    all.stream().map(one -> assertInstanceOf(Outcome.Ok.class, one).value()).toList());
            assertEquals(ITEMS / 7, pool.stats().deaths(), "kills are deaths, planned exits are none");
        }
        var perWorker = ledger.notes().stream()
                .collect(Collectors.groupingBy(note -> note.split(" ")[0], Collectors.counting()));
        assertTrue(perWorker.values().stream().allMatch(items -> items <= 3), perWorker.toString());
        assertEquals(ITEMS + 3 * ITEMS / 7, ledger.notes().size(), "each attempt ran once");
    }

    @Test
    @SideBySide
    void f32_the_replacement_is_warm_before_the_old_worker_leaves() throws Exception {
        var ledger = Ledger.in(directory);
        try (var gate = Gate.create(); var pool = Pool.open(c -> c.withWorkers(1).withMaxTasksPerWorker(2)
                .withInitializer(() -> ledger.note(self())))) {
            var door = gate.door();
            long first = pool.apply(() -> self());
            var last = pool.applyAsync(() -> door.pass(self()));
            var visitor = gate.arrivalOf(first);

            Eventually.holds("the next one has run its initializer while the last item of this one runs",
                    () -> ledger.notes().size() == 2);
            var next = pool.applyAsync(() -> self());
            visitor.release();

            assertEquals(first, last.get());
            assertEquals(List.of(Long.toString(first), next.get().toString()), ledger.notes().subList(0, 2),
                    "a third may be on its way");
            assertEquals(0, pool.stats().deaths());
        }
    }

    @Test
    @SideBySide
    void f32_a_worker_killed_before_its_last_item_is_through_is_a_death_and_its_replacement_is_there() {
        var ledger = Ledger.in(directory);
        try (var gate = Gate.create(); var pool = Pool.open(c -> c.withWorkers(1).withMaxTasksPerWorker(1)
                .withInitializer(() -> ledger.note(self())))) {
            var door = gate.door();
            var patient = pool.with(o -> o.withRetries(1));
            var task = patient.applyAsync(
                    () -> WorkerContext.current().attempt() == 1 ? door.pass(self()) : self());
            var visitor = gate.arrival();
            Eventually.holds("the next one is warm", () -> ledger.notes().size() == 2);

            Processes.kill9(visitor.pid());

            assertEquals(ledger.notes().get(1), task.join().toString());
            assertEquals(1, pool.stats().deaths());
        }
    }

    @Test
    @SideBySide
    void f32_a_replacement_that_is_killed_while_it_waits_disturbs_nobody() throws Exception {
        var ledger = Ledger.in(directory);
        try (var gate = Gate.create(); var pool = Pool.open(c -> c.withWorkers(1).withMaxTasksPerWorker(1)
                .withInitializer(() -> ledger.note(self())))) {
            var door = gate.door();
            var last = pool.applyAsync(() -> door.pass(1));
            var visitor = gate.arrival();
            Eventually.holds("the next one is warm", () -> ledger.notes().size() == 2);

            Processes.kill9(Long.parseLong(ledger.notes().get(1)));
            visitor.release();

            assertEquals(1, last.get());
            assertEquals(upTo(3), pool.map(n -> n, upTo(3)));
        }
    }

    @Test
    @SideBySide
    void f32_a_worker_that_does_not_leave_is_killed_after_ten_seconds_and_its_seat_goes_on() {
        try (var logged = Logged.here(); var gate = Gate.create()) {
            var door = gate.door();
            try (var pool = Pool.open(c -> c.withWorkers(2).withMaxTasksPerWorker(1)
                    .withFinalizer(() -> door.pass("finalizer")))) {
                assertEquals(upTo(2), pool.map(n -> n, upTo(2)));
                var deaf = gate.arrival();
                var stopped = gate.arrival();
                Processes.stop(stopped.pid());

                assertEquals(upTo(2), pool.map(n -> n, upTo(2)));

                assertEquals(2, pool.stats().deaths());
                for (var visitor : List.of(deaf, stopped)) {
                    assertFalse(Processes.isAlive(visitor.pid()));
                    assertTrue(logged.messages(Level.FINE).stream().anyMatch(message -> message.endsWith(
                            "(process " + visitor.pid()
                                    + ") has died: was killed, since it did not leave within PT10S")),
                            () -> logged.messages(Level.FINE).toString());
                }
                gate.open();
            }
        }
    }
}
