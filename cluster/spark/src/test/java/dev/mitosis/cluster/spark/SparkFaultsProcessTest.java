package dev.mitosis.cluster.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.testing.Calls;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Processes;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Executors that die under a pool.
@Tag("process")
class SparkFaultsProcessTest {
    @Test
    void an_executor_that_is_killed_in_mid_run_loses_nothing_and_is_replaced() throws Exception {
        var numbers = IntStream.range(0, 1_000).boxed().toList();
        try (var gate = Gate.create();
                var pool = Pool.open(c -> c.withBackend(SparkBackend.on(LocalCluster.shared())))) {
            var door = gate.door();
            var nodes = pool.stats().nodes().size();
            var map = Calls.start(() -> pool.map(n -> n == 500 ? door.pass(n) : n, numbers, 10));
            var visitor = gate.arrival();
            var host = ProcessHandle.of(visitor.pid()).flatMap(ProcessHandle::parent).orElseThrow();
            long executor = host.parent().orElseThrow().pid();

            Processes.kill9(executor);

            visitor.awaitGone();
            gate.arrival().release();
            assertEquals(numbers, map.get());
            Eventually.holds("its host is gone, too", () -> !Processes.isAlive(host.pid()));
            Eventually.holds(Duration.ofSeconds(60), () -> pool.stats().nodes().size() == nodes,
                    () -> "not as many nodes again: " + pool.stats().nodes());
        }
    }

    @Test
    void a_job_that_an_administrator_cancels_costs_the_item_that_ran() throws Exception {
        try (var gate = Gate.create();
                var pool = Pool.open(c -> c.withBackend(SparkBackend.on(LocalCluster.shared())))) {
            var door = gate.door();
            var call = Calls.start(() -> pool.with(o -> o.withChunkSize(4)) // one frame
                    .outcomes(n -> n == 0 ? door.pass(n) : n, List.of(0, 1, 2, 3)).stream().toList());
            gate.arrival();

            LocalCluster.shared().cancelAllJobs();

            var outcomes = call.get();
            var died = assertInstanceOf(Outcome.Died.class, outcomes.getFirst());
            assertTrue(died.report().cause().startsWith("was cancelled at the engine: "), died::toString);
            assertTrue(outcomes.stream().skip(1).allMatch(Outcome.Ok.class::isInstance), outcomes::toString);
            assertEquals(List.of(5), pool.map(n -> n + 1, List.of(4)));
        }
    }
}
