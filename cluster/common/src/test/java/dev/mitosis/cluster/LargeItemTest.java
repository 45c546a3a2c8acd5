package dev.mitosis.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.agent.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A batch in which one item is larger than what the engine carries.
class LargeItemTest {
    private static final int MOST = 2 << 20;
    private static final int SMALL = 10; // items before the large one, and behind it

    /// An engine that takes no work of more than some bytes; classes it takes.
    private record Narrow(ThreadTransport engine) implements OnThreads {
        @Override
        public CompletableFuture<byte[]> submit(Submission submission) {
            try {
                var frame = Frame.of(submission.frame());
                return frame.attached().isEmpty() && submission.size() > MOST
                        ? CompletableFuture.failedFuture(new IllegalArgumentException("too large"))
                        : engine.submit(submission);
            } catch (IOException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        @Override
        public Capabilities capabilities() {
            return new Capabilities("an engine", 64 << 20, Duration.ofSeconds(1), true, false);
        }

        @Override
        public Failure classify(Throwable failure) {
            return Failure.REJECTED;
        }
    }

    private static List<byte[]> items() {
        var items = new ArrayList<byte[]>();
        for (int i = 0; i <= 2 * SMALL; i++) {
            items.add(new byte[i == SMALL ? 2 * MOST : i]);
        }
        return items;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 2 * SMALL + 1})
    void an_item_that_is_larger_than_a_frame_fails_alone(int chunk) {
        try (var pool = Pool.open(c -> c.withWorkers(2).withBackend(
                        new ClusterBackend(() -> new Narrow(ThreadTransport.of(2)), ClusterSettings.DEFAULTS)));
                var outcomes = pool.with(o -> o.withChunkSize(chunk)).outcomes(bytes -> bytes.length, items())) {
            var all = outcomes.stream().toList();

            assertEquals(2 * SMALL + 1, all.size());
            for (var outcome : all) {
                int index = (int) outcome.item().index();
                if (index == SMALL) {
                    var cause = assertInstanceOf(Outcome.Died.class, outcome).report().cause();
                    assertTrue(cause.endsWith("too large"), cause);
                } else {
                    assertEquals(index, assertInstanceOf(Outcome.Ok.class, outcome).value());
                }
            }
        }
    }
}
