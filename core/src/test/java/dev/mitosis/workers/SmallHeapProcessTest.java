package dev.mitosis.workers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.Pool;
import dev.mitosis.testing.LeakCheck;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("process")
@ExtendWith(LeakCheck.class)
class SmallHeapProcessTest {
    @ParameterizedTest
    @ValueSource(strings = {"12m", "63m", "64m", "65m", "1g"})
    void a_worker_starts_with_any_heap_that_a_jvm_can_live_in(String heap) {
        try (var pool = Pool.open(c -> c.withWorkers(1).withHeap(heap))) {
            assertEquals(List.of(4), pool.map(i -> i * i, List.of(2)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xmx20m", "-Xms8m", "-XX:NewRatio=1", "-XX:MaxNewSize=4m", "-XX:+UseParallelGC"})
    void the_users_own_flags_for_the_heap_stand_alone(String flag) {
        try (var pool = Pool.open(c -> c.withWorkers(1).withJvmArgs(flag))) {
            assertEquals(List.of(4), pool.map(i -> i * i, List.of(2)));
        }
    }
}
