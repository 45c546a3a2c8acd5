package dev.mitosis.cluster.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.testing.Calls;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What tasks that stay mean for whoever shares the cluster.
@Tag("process")
class SparkPilotsProcessTest {
    private static final int MIB = 1 << 20;

    private static Pool pool() {
        return Pool.open(c -> c.withBackend(SparkBackend.on(LocalCluster.shared())));
    }

    @Test
    void calls_one_after_the_other_are_no_job_each() throws Exception {
        var begun = new AtomicInteger();
        var listener = new SparkListener() {
            @Override
            public void onJobStart(SparkListenerJobStart start) {
                begun.incrementAndGet();
            }
        };
        var context = LocalCluster.shared().sc();
        context.addSparkListener(listener);
        try (var pool = pool()) {
            for (int i = 0; i < 200; i++) {
                assertEquals(List.of(i + 1), pool.map(n -> n + 1, List.of(i)));
            }
            context.listenerBus().waitUntilEmpty();
        } finally {
            context.removeSparkListener(listener);
        }
        assertTrue(begun.get() > 0 && begun.get() < 100, () -> begun + " jobs for 200 frames");
    }

    @Test
    void a_pool_that_is_always_busy_leaves_slots_to_others() throws Exception {
        var context = LocalCluster.shared();
        var over = new AtomicInteger();
        try (var pool = pool()) {
            var busy = Calls.start(() -> {
                int rounds = 0;
                for (; over.get() == 0; rounds++) {
                    pool.map(n -> n + 1, IntStream.range(0, 64).boxed().toList(), 1);
                }
                return rounds;
            });
            pool.map(n -> n, List.of(1, 2, 3, 4), 1);
            assertEquals(8, context.parallelize(List.of(1, 2, 3, 4, 5, 6, 7, 8), 8).count());
            over.set(1);
            assertTrue(busy.get() > 0);
        }
    }

    @Test
    void an_answer_of_many_megabytes_comes_back() throws Exception {
        try (var pool = pool()) {
            byte[] bytes = pool.map(n -> new byte[n * MIB], List.of(40)).getFirst();
            assertEquals(40 * MIB, bytes.length);
            assertEquals(List.of(1), pool.map(n -> n, List.of(1)));
        }
    }
}
