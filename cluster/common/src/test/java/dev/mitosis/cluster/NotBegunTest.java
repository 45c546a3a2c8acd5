package dev.mitosis.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.LongRange;
import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.WorkerStartException;
import dev.mitosis.agent.Frame;
import dev.mitosis.agent.Reply;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// Nodes that cannot begin with what they are sent, for a while or for ever.
class NotBegunTest {
    private static final String WHY = "no memory for a host";

    /// An engine whose node does not always begin.
    ///
    /// @param engine what it is otherwise
    /// @param able whether it begins with a frame that comes
    /// @param turnedAway how often it has not
    private record Unable(ThreadTransport engine, BooleanSupplier able, AtomicInteger turnedAway)
            implements OnThreads {
        @Override
        public CompletableFuture<byte[]> submit(Submission submission) {
            try {
                if (Frame.of(submission.frame()).kind() == Frame.Kind.RUN && !able.getAsBoolean()) {
                    turnedAway.incrementAndGet();
                    return CompletableFuture.completedFuture(Reply.notBegun(WHY).toBytes());
                }
                return engine.submit(submission);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Pool open(int seats, ThreadTransport engine, BooleanSupplier able, AtomicInteger turnedAway) {
        return Pool.open(c -> c.withWorkers(seats).withBackend(
                new ClusterBackend(() -> new Unable(engine, able, turnedAway), ClusterSettings.DEFAULTS)));
    }

    private static Pool open(int times) {
        var left = new AtomicInteger(times);
        return open(1, ThreadTransport.of(1), () -> left.getAndDecrement() <= 0, new AtomicInteger());
    }

    @Test
    void items_whose_node_has_no_host_for_a_while_run_as_if_nothing_had_been() {
        try (var pool = open(5); // losses of one item are three at most
                var outcomes = pool.with(o -> o.withChunkSize(1)).outcomes(n -> n, LongRange.of(0, 3))) {
            var all = outcomes.stream().toList();

            assertEquals(3, all.size());
            for (var outcome : all) {
                assertEquals(outcome.item().index(), assertInstanceOf(Outcome.Ok.class, outcome).value());
                assertEquals(1, outcome.item().attempts());
            }
        }
    }

    @Test
    void work_that_is_turned_away_for_long_waits_for_a_node_that_is_busy() throws Exception {
        var turnedAway = new AtomicInteger();
        var room = new AtomicInteger(1_000);
        try (var gate = Gate.create();
                var pool = open(2, ThreadTransport.of(2), () -> room.getAndDecrement() > 0, turnedAway)) {
            var door = gate.door();
            assertEquals(0, pool.apply(() -> 0)); // the node has what it needs after that
            room.set(1);
            var map = pool.mapAsync(n -> door.pass(n), List.of(1, 2, 3), 1);
            gate.arrival();
            Eventually.holds("another was turned away for long", () -> turnedAway.get() >= 8);

            room.set(1_000);
            gate.open();

            assertEquals(List.of(1, 2, 3), map.get());
        }
    }

    @Test
    void a_call_fails_when_no_node_begins_anything_and_says_why() {
        try (var pool = open(Integer.MAX_VALUE)) {
            var failure = assertThrows(WorkerStartException.class, () -> pool.map(n -> n, List.of(1, 2), 1));
            assertTrue(failure.getMessage().contains("no node begins any work, however often it is sent: " + WHY),
                    failure.getMessage());
        }
    }
}
