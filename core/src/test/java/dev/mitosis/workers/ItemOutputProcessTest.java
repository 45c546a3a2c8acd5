package dev.mitosis.workers;

import static dev.mitosis.testing.Failures.drain;
import static dev.mitosis.testing.Failures.failureOf;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Args;
import dev.mitosis.CallOptions;
import dev.mitosis.ItemOutput;
import dev.mitosis.LongRange;
import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.WorkerContext;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.LeakCheck;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What one item has printed is told by its place, whoever ran it and with how many others.
@Tag("process")
@ExtendWith(LeakCheck.class)
class ItemOutputProcessTest {
    private static final Set<String> FORWARDED = ConcurrentHashMap.newKeySet();

    private static Pool shared;

    private final List<String> told = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void openPool() {
        shared = Pool.open(c -> c.withWorkers(2).withOutput((_, _, line) -> FORWARDED.add(line)));
    }

    @AfterAll
    static void closePool() {
        shared.close();
    }

    private void tell(long index, int attempt, String text) {
        told.add(index + "/" + attempt + " " + text);
    }

    private Pool pool(UnaryOperator<CallOptions> edit) {
        return shared.with(o -> edit.apply(o.withItemOutput(this::tell)));
    }

    private static int say(int n) {
        if (n % 3 != 1) {
            System.out.println("out " + n);
            System.err.print("err");
            System.out.print("or ");
            System.err.println(n);
        }
        return n;
    }

    private static String said(int n) {
        return n + "/1 out " + n + "\nerror " + n + "\n";
    }

    private static List<String> saidUpTo(int bound) {
        return IntStream.range(0, bound).filter(n -> n % 3 != 1).mapToObj(ItemOutputProcessTest::said).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 50, 1_000})
    void f22_each_item_tells_what_it_has_printed_in_the_order_written(int chunkSize) {
        assertEquals(upTo(50), pool(o -> o.withChunkSize(chunkSize)).map(n -> say(n), upTo(50)));

        assertEquals(saidUpTo(50), told);
    }

    @Test
    void many_small_items_tell_what_they_have_printed() {
        assertEquals(upTo(6_000), pool(o -> o).map(n -> say(n), upTo(6_000)));

        assertEquals(saidUpTo(6_000), told);
    }

    @Test
    void it_is_handed_on_as_usual_too() {
        pool(o -> o).map(n -> say(n), List.of(77_000, 77_001));

        Eventually.holds("the line came: " + FORWARDED,
                () -> FORWARDED.stream().anyMatch(line -> line.endsWith("out 77001")));
    }

    @Test
    void nothing_is_told_without_the_option() {
        pool(o -> o.withItemOutput(null)).map(n -> say(n), upTo(10));
        shared.map(n -> say(n), upTo(10));
        pool(o -> o).everywhere(() -> say(0));

        assertEquals(List.of(), told);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100})
    void it_is_told_before_the_outcome_can_be_read_and_not_long_before(int chunkSize) {
        try (var results = pool(o -> o.withChunkSize(chunkSize)).imap(n -> say(3 * n), upTo(30))) {
            for (int n = 0; n < 30; n++) {
                assertEquals(n, told.size());
                assertEquals(3 * n, results.next());
                assertEquals(n + "/1 out " + 3 * n + "\nerror " + 3 * n + "\n", told.getLast());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100})
    void it_is_told_before_the_outcome_can_be_read_in_whatever_order(int chunkSize) {
        try (var results = pool(o -> o.withChunkSize(chunkSize)).imapUnordered(n -> say(n), upTo(30))) {
            while (results.hasNext()) {
                int n = results.next();

                assertEquals(n % 3 != 1, told.contains(said(n)), () -> n + " in " + told);
            }
        }

        assertEquals(saidUpTo(30), told.stream().sorted(ItemOutputProcessTest::byIndex).toList());
    }

    private static int byIndex(String left, String right) {
        return Integer.compare(index(left), index(right));
    }

    private static int index(String line) {
        return Integer.parseInt(line.substring(0, line.indexOf('/')));
    }

    @Test
    void every_verb_tells_it() throws Exception {
        var pool = pool(o -> o);

        pool.apply(() -> say(2));
        pool.applyAsync(n -> say(n), 3).get();
        pool.mapAsync(n -> say(n), List.of(5)).get();
        pool.starmap((a, b) -> say(a + b), List.of(Args.of(2, 4)));
        pool.mapToLong(n -> say((int) n), LongRange.of(8, 9));
        drain(pool.imapToLong(n -> say((int) n), LongRange.of(9, 10)));
        pool.executor().submit(() -> say(11)).get();
        assertEquals(1, List.of(12).stream().gather(pool.mapping(n -> say(n))).count());

        assertEquals(IntStream.of(2, 3, 5, 6, 8, 9, 11, 12)
                .mapToObj(n -> "0/1 out " + n + "\nerror " + n + "\n").toList(), told);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100})
    void a_fold_tells_it_item_by_item(int chunkSize) {
        var pool = pool(o -> o.withChunkSize(chunkSize));

        assertEquals(435, pool.mapReduce(n -> say(n), Integer::sum, 0, upTo(30)));
        assertEquals(saidUpTo(30), told);

        told.clear();
        assertEquals(435, pool.mapReduceLong(n -> say((int) n), Long::sum, 0, LongRange.of(0, 30)));
        assertEquals(saidUpTo(30), told);
    }

    @Test
    void for_a_verb_that_waits_it_is_told_on_the_callers_thread() {
        var threads = new ArrayList<Thread>();
        var pool = shared.with(o -> o.withItemOutput((_, _, _) -> threads.add(Thread.currentThread())));

        pool.map(n -> say(n), upTo(6));

        assertEquals(4, threads.size());
        threads.forEach(thread -> assertSame(Thread.currentThread(), thread));
    }

    // -- what goes wrong ---------------------------------------------------------------------

    private static int failAt(int bad, int n) throws IOException {
        say(n);
        if (n == bad) {
            throw new IOException("on purpose");
        }
        return n;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20})
    void what_a_failed_item_has_printed_is_told_before_its_failure(int chunkSize) {
        var pool = pool(o -> o.withChunkSize(chunkSize));

        assertEquals(6, failureOf(() -> pool.map(n -> failAt(6, n), upTo(20))).index());
        assertEquals(saidUpTo(7), told);

        told.clear();
        try (var outcomes = pool.outcomes(n -> failAt(6, n), upTo(20))) {
            assertEquals(1, outcomes.stream().filter(Outcome.Failed.class::isInstance).count());
        }
        assertEquals(saidUpTo(20), told);
    }

    @Test
    void what_failed_folds_have_printed_is_told_up_to_the_failure() {
        var pool = pool(o -> o.withChunkSize(10));

        assertEquals(6, failureOf(() -> pool.mapReduce(n -> failAt(6, n), Integer::sum, 0, upTo(20))).index());

        assertEquals(saidUpTo(7), told);
    }

    /// Succeeds at an attempt, and says each time which it is.
    private static int succeedAt(int attempt, int n) throws IOException {
        System.out.print(n + " at " + WorkerContext.current().attempt());
        if (WorkerContext.current().attempt() < attempt) {
            throw new IOException("on purpose");
        }
        return n;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 20})
    void each_attempt_tells_what_it_has_printed(int chunkSize) {
        var pool = pool(o -> o.withRetries(2).withChunkSize(chunkSize));

        assertEquals(upTo(3), pool.map(n -> succeedAt(n == 1 ? 3 : 1, n), upTo(3)));
        var inOrder = List.of("0/1 0 at 1", "1/1 1 at 1", "1/2 1 at 2", "1/3 1 at 3", "2/1 2 at 1");
        assertEquals(inOrder, told);

        told.clear();
        assertEquals(1, failureOf(() -> pool.map(n -> succeedAt(n == 1 ? 9 : 1, n), upTo(3))).index());
        assertEquals(inOrder.subList(0, 4), told);

        told.clear();
        try (var results = pool.imapUnordered(n -> succeedAt(n == 1 ? 3 : 1, n), upTo(3))) {
            assertEquals(3, drain(results).size());
        }
        assertEquals(inOrder, told.stream().sorted().toList());
    }

    @Test
    void an_item_that_died_tells_nothing_and_its_neighbours_do() {
        try (var outcomes = pool(o -> o.withChunkSize(10)).outcomes(n -> {
            if (say(n) == 5) {
                Runtime.getRuntime().halt(3);
            }
            return n;
        }, upTo(10))) {
            var all = outcomes.stream().toList();

            var report = assertInstanceOf(Outcome.Died.class, all.get(5)).report();
            assertTrue(report.describe().contains("out 5"), report.describe());
        }
        var others = new ArrayList<>(saidUpTo(10));
        others.remove(said(5));
        assertEquals(others, told);
    }

    private static int dieOnce(int bad, int n) {
        say(n);
        if (n == bad && WorkerContext.current().attempt() == 1) {
            Runtime.getRuntime().halt(3);
        }
        return n;
    }

    @Test
    void what_came_before_a_death_in_a_fold_is_told_for_the_attempt_that_died() {
        var pool = pool(o -> o.withChunkSize(6).withRetries(1));

        assertEquals(15, pool.mapReduce(n -> dieOnce(3, n), Integer::sum, 0, upTo(6)));

        var expected = new ArrayList<>(saidUpTo(3));
        saidUpTo(6).forEach(line -> expected.add(line.replace("/1 ", "/2 ")));
        assertEquals(expected, told);
    }

    @Test
    void an_item_that_ran_out_of_time_tells_it_for_each_attempt_that_was_followed_by_another() {
        var pool = pool(o -> o.withTimeout(Duration.ofSeconds(5)).withGrace(Duration.ofSeconds(20)).withRetries(1));

        try (var outcomes = pool.outcomes(n -> {
            System.out.print("attempt " + WorkerContext.current().attempt());
            if (n == 1) {
                Thread.sleep(Duration.ofMinutes(1));
            }
            return n;
        }, upTo(3))) {
            assertInstanceOf(Outcome.TimedOut.class, outcomes.stream().toList().get(1));
        }

        assertEquals(List.of("0/1 attempt 1", "1/1 attempt 1", "2/1 attempt 1"), told);
    }

    @Test
    void a_listener_that_throws_harms_nothing() {
        ItemOutput bad = (index, attempt, text) -> {
            tell(index, attempt, text);
            throw new AssertionError("on purpose");
        };
        var pool = shared.with(o -> o.withItemOutput(bad));

        assertEquals(upTo(10), pool.map(n -> say(n), upTo(10)));
        assertEquals(saidUpTo(10), told);
    }
}
