package dev.mitosis.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Processes;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Pools of processes within workers: two levels, if they are wanted, and never a third.
@Tag("process")
@ExtendWith(LeakCheck.class)
class F24NestingProcessTest {
    private static Pool open() {
        return Pool.open(c -> c.withWorkers(1).withHeap("64m").withNesting(true));
    }

    private static long self() {
        return ProcessHandle.current().pid();
    }

    private static String pidsOfTwoLevels(Gate.Door door) throws Exception {
        try (var inner = open()) {
            return inner.apply(mine -> door.pass(mine + " " + self()), self());
        }
    }

    private static String refusalOfTheThirdLevel() {
        try (var inner = open()) {
            return inner.apply(() -> {
                try (var innermost = open()) {
                    return "opened " + innermost.stats();
                } catch (IllegalStateException e) {
                    return e.getMessage();
                }
            });
        }
    }

    private static List<Long> pids(String text) {
        return Stream.of(text.split(" ")).map(Long::valueOf).toList();
    }

    @Test
    void f24_a_worker_may_have_workers_if_nesting_is_on() throws Exception {
        try (var gate = Gate.create(); var pool = open()) {
            var door = gate.door();
            gate.open();

            var pids = pids(pool.apply(() -> pidsOfTwoLevels(door)));

            assertEquals(3, Set.of(self(), pids.getFirst(), pids.getLast()).size(), pids.toString());
            Eventually.holds("the inner pool is closed", () -> !Processes.isAlive(pids.getLast()));
            assertTrue(Processes.isAlive(pids.getFirst()), "the outer one is not");
        }
    }

    @Test
    void f24_a_worker_of_a_worker_may_not() {
        try (var pool = open()) {
            assertEquals("pools of processes may be nested 2 levels deep; this is a worker of a worker. If the pool is"
                    + " a static field, make it a local variable: each worker initializes the class too",
                    pool.apply(() -> refusalOfTheThirdLevel()));
        }
    }

    @Test
    void f24_both_levels_end_when_the_pool_is_terminated() {
        try (var gate = Gate.create()) {
            var door = gate.door();
            List<Long> pids;
            try (var pool = open()) {
                var _ = pool.applyAsync(() -> pidsOfTwoLevels(door));
                pids = pids(gate.arrival().name());
                assertTrue(pids.stream().allMatch(Processes::isAlive), "both run");

                pool.terminate();
            }

            Eventually.holds("nobody is left of " + pids, () -> pids.stream().noneMatch(Processes::isAlive));
        }
    }

    @Test
    void f24_a_static_pool_starts_no_tree_of_processes() {
        assertEquals(2, WithPool.POOL.apply(() -> WithPool.two()));
        assertEquals(1, Processes.workersOf(self()).size());
        WithPool.POOL.close();
    }

    /// Each worker initializes this class, too.
    private static final class WithPool {
        static final Pool POOL = Pool.open(1);

        static int two() {
            return POOL.apply(() -> 2); // in a worker: inline
        }
    }
}
