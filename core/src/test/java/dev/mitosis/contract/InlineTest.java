package dev.mitosis.contract;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Backend;
import dev.mitosis.Pool;
import dev.mitosis.testing.LeakCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What is particular to the back-end that runs calls on the caller's own thread.
@ExtendWith(LeakCheck.class)
class InlineTest {
    private static final List<Thread> RAN_ON = new ArrayList<>(); // the tests run one after another

    private static int note(int item) {
        RAN_ON.add(Thread.currentThread());
        return item;
    }

    private static Pool open() {
        return Pool.open(c -> c.withBackend(Backend.inline()));
    }

    @Test
    void items_run_on_the_callers_thread() {
        RAN_ON.clear();
        try (var pool = open()) {
            assertEquals(upTo(5), pool.map(n -> note(n), upTo(5)));
            assertEquals(1, pool.apply(() -> note(1)));
        }

        RAN_ON.forEach(thread -> assertEquals(Thread.currentThread(), thread));
        assertEquals(6, RAN_ON.size());
    }

    @Test
    void a_task_is_done_when_the_call_returns() {
        try (var pool = open()) {
            RAN_ON.clear();

            pool.applyAsync(() -> note(1));

            assertEquals(1, RAN_ON.size());
        }
    }

    @Test
    void a_time_out_is_refused() {
        try (var pool = open()) {
            var refusal = assertThrows(IllegalArgumentException.class,
                    () -> pool.with(o -> o.withTimeout(Duration.ofSeconds(1))).apply(() -> 1));

            assertTrue(refusal.getMessage().contains("timeout") || refusal.getMessage().contains("time-out"),
                    refusal.getMessage());
        }
    }

    @Test
    void f22_what_an_item_prints_cannot_be_told_apart_here_and_is_refused_at_the_call() {
        for (var backend : List.of(Backend.inline(), Backend.threads())) {
            try (var pool = Pool.open(c -> c.withBackend(backend).withWorkers(1))) {
                var told = new ArrayList<String>();
                var listening = pool.with(o -> o.withItemOutput((_, _, text) -> told.add(text)));

                var refusal = assertThrows(IllegalArgumentException.class, () -> listening.map(n -> n, upTo(3)));

                assertEquals("itemOutput needs worker processes: here items run within this JVM, and its System.out"
                        + " is everybody's", refusal.getMessage());
                assertThrows(IllegalArgumentException.class, () -> listening.applyAsync(() -> 1));
                assertEquals(1, listening.with(o -> o.withItemOutput(null)).apply(() -> 1));
            }
        }
    }

    @Test
    void what_only_a_process_has_is_refused_when_the_pool_is_opened() {
        for (var backend : List.of(Backend.inline(), Backend.threads())) {
            var refusal = assertThrows(IllegalArgumentException.class,
                    () -> Pool.open(c -> c.withBackend(backend).withHeap("64m")).close());

            assertTrue(refusal.getMessage().contains("heap"), refusal.getMessage());
            assertThrows(IllegalArgumentException.class,
                    () -> Pool.open(c -> c.withBackend(backend).withMemoryLimit("1g")).close());
            assertThrows(IllegalArgumentException.class,
                    () -> Pool.open(c -> c.withBackend(backend).withJvmArgs("-Xint")).close());
            assertThrows(IllegalArgumentException.class,
                    () -> Pool.open(c -> c.withBackend(backend).withLaunchPrefix("nice")).close());
        }
    }
}
