package dev.mitosis.contract;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.CallOptions;
import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.RemoteFunction;
import dev.mitosis.cluster.ClusterUnderTest;
import dev.mitosis.testing.Calls;
import dev.mitosis.testing.Crash;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Processes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What goes wrong on a node is told as on one machine, and leaves the engine's own processes alone.
@Tag("process")
class FaultsOnClusterTest {
    private Pool pool;

    @BeforeEach
    void open() {
        pool = Pool.open(c -> c.withBackend(ClusterUnderTest.backend()).withHeap("96m"));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private List<Outcome<Integer>> outcomes(
            UnaryOperator<CallOptions> edit, RemoteFunction<Integer, Integer> function) {
        var all = new ArrayList<Outcome<Integer>>();
        try (var outcomes = pool.with(edit).outcomes(function, upTo(20))) {
            outcomes.forEachRemaining(all::add);
        }
        return all;
    }

    private static Outcome<Integer> outcomeOfSeven(List<Outcome<Integer>> all) {
        assertEquals(20, all.size());
        for (int i = 0; i < 20; i++) {
            assertEquals(i == 7, !(all.get(i) instanceof Outcome.Ok<Integer>), i + ": " + all.get(i));
        }
        return all.get(7);
    }

    @Test
    void f7_an_item_that_halts_fails_alone_and_no_node_is_lost() {
        var nodes = pool.stats().nodes();

        var outcome = outcomeOfSeven(outcomes(o -> o, n -> {
            if (n == 7) {
                Runtime.getRuntime().halt(3);
            }
            return n;
        }));

        assertEquals(3, assertInstanceOf(Outcome.Died.class, outcome).report().exitCode().getAsInt());
        assertTrue(pool.stats().nodes().containsAll(nodes));
        assertEquals(1, pool.stats().deaths());
    }

    @Test
    void f8_an_item_that_crashes_its_worker_is_told_of_with_its_frame_and_the_nodes_own_report() throws IOException {
        var outcome = outcomeOfSeven(outcomes(o -> o, n -> n == 7 ? Crash.now() : n));

        var report = assertInstanceOf(Outcome.Died.class, outcome).report();
        assertEquals(134, report.exitCode().getAsInt());
        assertNotNull(report.problematicFrame(), report.toString());
        var file = report.errorFile();
        assertNotNull(file, report.toString());
        assertTrue(Files.readString(file).contains("SIGSEGV"), "the node is this machine");
        Files.delete(file);
    }

    @Test
    void f10_an_item_that_takes_more_memory_than_it_may_is_killed() {
        pool.close();
        pool = Pool.open(c -> c.withBackend(ClusterUnderTest.backend()).withHeap("96m").withMemoryLimit("300m"));

        var outcome = outcomeOfSeven(outcomes(o -> o, n -> n == 7 ? grow() : n));

        var report = assertInstanceOf(Outcome.Died.class, outcome).report().toString();
        assertTrue(report.contains("was killed, since its resident memory of "), report);
        assertTrue(report.contains(" MiB was over the limit of 300 MiB"), report);
    }

    private static int grow() {
        for (int i = 0; i < 40; i++) {
            Arena.global().allocate(16 << 20).fill((byte) 1);
        }
        while (true) {
            LockSupport.park(); // until it is killed
        }
    }

    @Test
    void f9_an_item_that_exhausts_the_heap_fails_alone() {
        var outcome = outcomeOfSeven(outcomes(o -> o, n -> n == 7 ? exhaust() : n));

        var report = assertInstanceOf(Outcome.Died.class, outcome).report();
        assertTrue(report.toString().contains("heap"), report.toString());
    }

    private static int exhaust() {
        var all = new ArrayList<long[]>();
        while (true) {
            all.add(new long[1 << 20]);
        }
    }

    @Test
    @SuppressWarnings("InfiniteLoopStatement")
    void f11_an_item_that_spins_past_its_time_out_is_killed() {
        var outcome = outcomeOfSeven(outcomes(
                o -> o.withTimeout(Duration.ofSeconds(5)).withGrace(Duration.ofSeconds(3)), n -> {
                    while (n == 7) {
                        Thread.onSpinWait();
                    }
                    return n;
                }));

        var stacks = assertInstanceOf(Outcome.TimedOut.class, outcome).stackDump();
        assertTrue(stacks.contains("FaultsOnCluster"), stacks);
    }

    @Test
    void f12_a_cancelled_item_that_spins_loses_its_worker() {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var task = pool.with(o -> o.withGrace(Duration.ofMillis(100))).applyAsync(() -> {
                door.pass("spins");
                while (true) {
                    Thread.onSpinWait();
                }
            });
            var spinning = gate.arrival();
            spinning.release();

            assertTrue(task.cancel(true));

            Eventually.holds("its worker is gone", () -> !Processes.isAlive(spinning.pid()));
            assertEquals(upTo(20), pool.map(n -> n, upTo(20)));
        }
    }

    @Test
    void f14_an_item_that_kills_every_worker_is_tried_alone_and_given_up() {
        var outcome = outcomeOfSeven(outcomes(o -> o.withRetries(2), n -> {
            if (n == 7) {
                Runtime.getRuntime().halt(9);
            }
            return n;
        }));

        assertEquals(3, assertInstanceOf(Outcome.Died.class, outcome).item().attempts());
        assertEquals(3, pool.stats().deaths());
    }

    @Test
    void f13_a_host_that_is_killed_in_mid_run_loses_nothing() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var map = Calls.start(() -> pool.map(n -> n == 500 ? door.pass(n) : n, upTo(1_000), 10));
            var visitor = gate.arrival();
            long host = ProcessHandle.of(visitor.pid()).flatMap(ProcessHandle::parent).orElseThrow().pid();

            Processes.kill9(host);

            visitor.awaitGone();
            gate.arrival().release();
            assertEquals(upTo(1_000), map.get());
        }
    }
}
