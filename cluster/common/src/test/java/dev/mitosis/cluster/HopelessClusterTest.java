package dev.mitosis.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.WorkerStartException;
import dev.mitosis.agent.Agent;
import dev.mitosis.agent.Frame;
import dev.mitosis.agent.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Pools whose nodes cannot run anything.
class HopelessClusterTest {
    private static final String WHY = "this node has no Java";

    /// An engine that never answers the first work, and whose node refuses the second; or one that takes none.
    private record Refusing(AtomicInteger works, Map<Long, CompletableFuture<byte[]>> open, boolean itself)
            implements ClusterTransport {
        @Override
        public CompletableFuture<byte[]> submit(Submission submission) {
            var answer = new CompletableFuture<byte[]>();
            open.put(submission.id(), answer);
            try {
                if (Frame.of(submission.frame()).kind() != Frame.Kind.RUN) {
                    answer.complete(Agent.handle(submission.frame()));
                } else if (itself) {
                    answer.completeExceptionally(new IllegalArgumentException("too large"));
                } else if (works.incrementAndGet() > 1) {
                    answer.complete(Reply.refused(WHY).toBytes());
                }
            } catch (IOException | InterruptedException e) {
                answer.completeExceptionally(e);
            }
            return answer;
        }

        @Override
        public void cancel(long id) {
            open.get(id).cancel(false);
        }

        @Override
        public void watchMembers(Consumer<MemberEvent> listener) {
            listener.accept(new MemberEvent.Joined("one", 2));
        }

        @Override
        public Capabilities capabilities() {
            return new Capabilities("an engine", 1 << 20, Duration.ofMillis(20), true, false);
        }

        @Override
        public Failure classify(Throwable failure) {
            return Failure.REJECTED;
        }

        @Override
        public void close() {}
    }

    @Test
    void items_that_were_under_way_are_told_why_and_not_that_they_were_cancelled() {
        var transport = new Refusing(new AtomicInteger(), new ConcurrentHashMap<>(), false);
        try (var pool = Pool.open(c -> c.withWorkers(2)
                .withBackend(new ClusterBackend(() -> transport, ClusterSettings.DEFAULTS)))) {
            var failure = assertThrows(WorkerStartException.class, () -> pool.map(n -> n, List.of(1, 2), 1));
            assertTrue(failure.getMessage().contains(WHY), failure.getMessage());
        }
    }

    @Test
    void what_the_engine_does_not_take_fails_alone() {
        var transport = new Refusing(new AtomicInteger(), new ConcurrentHashMap<>(), true);
        try (var pool = Pool.open(c -> c.withWorkers(2)
                .withBackend(new ClusterBackend(() -> transport, ClusterSettings.DEFAULTS)));
                var outcomes = pool.with(o -> o.withChunkSize(3)).outcomes(n -> n, List.of(1, 2, 3))) {
            var all = outcomes.stream().toList();

            assertEquals(3, all.size());
            for (var outcome : all) {
                assertEquals("was not started, since an engine does not take it:"
                                + " java.lang.IllegalArgumentException: too large",
                        assertInstanceOf(Outcome.Died.class, outcome).report().cause());
            }
        }
    }
}
