package dev.mitosis.faults;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.WorkerContext;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Ledger;
import dev.mitosis.testing.Logged;
import dev.mitosis.testing.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Items that kill every worker: each is tried again alone, on a worker that has run nothing before.
@Tag("process")
@ExtendWith(LeakCheck.class)
class F14PoisonItemProcessTest {
    private static final int ITEMS = 20;

    @TempDir
    Path directory;

    private record Run(long pid, int item, int attempt) {
        static Run of(String note) {
            var words = note.split(" ");
            return new Run(Long.parseLong(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
        }
    }

    private static int run(Ledger ledger, int item, boolean deadly) throws IOException {
        long me = ProcessHandle.current().pid();
        ledger.note(me + " " + item + " " + WorkerContext.current().attempt());
        if (deadly) {
            Processes.kill9(me);
        }
        return item;
    }

    private static List<Run> runs(Ledger ledger) {
        return ledger.notes().stream().map(Run::of).toList();
    }

    private static void assertAloneOnAFreshWorker(List<Run> runs, Run again) {
        assertEquals(List.of(again), runs.stream().filter(run -> run.pid() == again.pid()).toList(),
                () -> again + " was not alone: " + runs);
    }

    private static void assertVerdicts(List<Outcome<Integer>> outcomes, Set<Integer> poison, int attempts) {
        assertEquals(ITEMS, outcomes.size());
        for (int n = 0; n < ITEMS; n++) {
            if (poison.contains(n)) {
                assertEquals(attempts, assertInstanceOf(Outcome.Died.class, outcomes.get(n)).item().attempts());
            } else {
                assertEquals(n, assertInstanceOf(Outcome.Ok.class, outcomes.get(n)).value());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 20", "2, 1", "2, 7"})
    void f14_a_poison_item_is_tried_alone_on_a_fresh_worker_each_time(int workers, int chunkSize) {
        var ledger = Ledger.in(directory);
        var all = new ArrayList<Outcome<Integer>>();

        try (var pool = Pool.open(workers); var outcomes = pool.with(o -> o.withRetries(2).withChunkSize(chunkSize))
                .outcomes(n -> run(ledger, n, n == 4), upTo(ITEMS))) {
            outcomes.forEachRemaining(all::add);
            assertEquals(3, pool.stats().deaths());
        }

        assertVerdicts(all, Set.of(4), 3);
        var runs = runs(ledger);
        assertEquals(List.of(1, 2, 3),
                runs.stream().filter(run -> run.item() == 4).map(Run::attempt).toList());
        runs.stream().filter(run -> run.attempt() > 1).forEach(run -> assertAloneOnAFreshWorker(runs, run));
        assertEquals(ITEMS + 2, runs.size(), "no other item ran twice");
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "2, 5", "3, 20"})
    void f14_several_poison_items_at_once_stop_nobody(int workers, int chunkSize) {
        var ledger = Ledger.in(directory);
        var poison = Set.of(2, 3, 11, 19);
        var all = new ArrayList<Outcome<Integer>>();

        try (var pool = Pool.open(workers); var outcomes = pool.with(o -> o.withRetries(1).withChunkSize(chunkSize))
                .outcomes(n -> run(ledger, n, poison.contains(n)), upTo(ITEMS))) {
            outcomes.forEachRemaining(all::add);
            assertEquals(8, pool.stats().deaths());
        }

        assertVerdicts(all, poison, 2);
        var runs = runs(ledger);
        var again = runs.stream().filter(run -> run.attempt() > 1).toList();
        assertEquals(4, again.size());
        again.forEach(run -> assertAloneOnAFreshWorker(runs, run));
    }

    @Test
    void f14_the_result_of_a_later_attempt_is_read_when_all_of_it_has_come() {
        int large = 3 << 20; // more than a ring holds, so that it comes in pieces

        try (var pool = Pool.open(1)) {
            var lengths = pool.with(o -> o.withRetries(1))
                    .map(n -> WorkerContext.current().attempt() == 1 ? fail(n) : new byte[large], upTo(ITEMS))
                    .stream().map(result -> result.length);

            assertEquals(Collections.nCopies(ITEMS, large), lengths.toList());
        }
    }

    private static byte[] fail(int item) throws IOException {
        throw new IOException("on purpose, at item " + item);
    }

    @Test
    void f14_a_worker_that_the_item_did_not_kill_again_goes_on() {
        var ledger = Ledger.in(directory);

        try (var pool = Pool.open(1)) {
            assertEquals(upTo(ITEMS), pool.with(o -> o.withRetries(1)).map(
                    n -> run(ledger, n, n == 4 && WorkerContext.current().attempt() == 1), upTo(ITEMS)));
            assertEquals(1, pool.stats().deaths());
        }

        var runs = runs(ledger);
        var again = runs.stream().filter(run -> run.attempt() == 2).findFirst().orElseThrow();
        var onThatWorker = runs.stream().filter(run -> run.pid() == again.pid()).toList();
        assertEquals(again, onThatWorker.getFirst(), "it was the first there");
        assertNotEquals(0, again.pid());
        assertTrue(runs.size() == ITEMS + 1, runs.toString());
    }

    @Test
    void f14_a_death_that_is_made_good_by_another_attempt_is_found_in_the_log() {
        var ledger = Ledger.in(directory);

        try (var logged = Logged.here(); var pool = Pool.open(1)) {
            assertEquals(upTo(3), pool.with(o -> o.withRetries(1)).map(
                    n -> run(ledger, n, n == 1 && WorkerContext.current().attempt() == 1), upTo(3)));

            long pid = runs(ledger).stream().filter(run -> run.item() == 1).findFirst().orElseThrow().pid();
            var deaths = logged.messages(Level.FINE).stream().filter(line -> line.contains("has died")).toList();
            assertEquals(1, deaths.size(), deaths::toString);
            assertTrue(deaths.getFirst().startsWith("worker 0 (process " + pid + ") has died: "), deaths::toString);
            assertTrue(deaths.getFirst().contains("SIGKILL"), deaths::toString);
        }
    }
}
