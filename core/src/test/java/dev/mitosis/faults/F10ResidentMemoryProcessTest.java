package dev.mitosis.faults;

import static dev.mitosis.testing.Failures.failureOf;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Backend;
import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import dev.mitosis.PoolConfig;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.SideBySide;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Workers that grow: replaced after their item, or killed during it.
@Tag("process")
@ExtendWith(LeakCheck.class)
class F10ResidentMemoryProcessTest {
    private static final int STEP = 16 << 20;
    private static final Pattern OVER = Pattern.compile(
            "was killed, since its resident memory of (\\d+) MiB was over the limit of 300 MiB");

    /// Where memory is taken, in the worker; it stays taken.
    enum Memory {
        HEAP {
            @Override
            void take() {
                HELD.add(new byte[STEP]);
            }
        },
        NATIVE {
            @Override
            void take() {
                Arena.global().allocate(STEP).fill((byte) 1);
            }
        };

        private static final List<byte[]> HELD = new ArrayList<>();

        abstract void take();

        <T> T take(int mebibytes, T item) {
            for (int taken = 0; taken < mebibytes << 20; taken += STEP) {
                take();
            }
            return item;
        }
    }

    private static PoolConfig one(PoolConfig config) {
        return config.withWorkers(1).withHeap("800m");
    }

    private static long self() {
        return ProcessHandle.current().pid();
    }

    @ParameterizedTest
    @SideBySide
    @EnumSource
    void f10_a_worker_above_the_soft_limit_is_replaced_after_its_item(Memory memory) {
        try (var pool = Pool.open(c -> one(c).withRecycleAbove("300m"))) {
            long small = pool.apply(() -> self());
            assertEquals(small, pool.apply(() -> memory.take(16, self())), "it is below the limit");

            assertEquals(small, pool.apply(() -> memory.take(400, self())), "the item that grows has its result");

            Eventually.holds("another worker has the seat", () -> pool.apply(() -> self()) != small);
            assertEquals(0, pool.stats().deaths(), "a planned exit is no death");
        }
    }

    @Test
    @SideBySide
    void f10_a_worker_that_grew_is_replaced_although_nothing_follows() {
        try (var pool = Pool.open(c -> one(c).withRecycleAbove("300m"))) {
            long grown = pool.apply(() -> Memory.NATIVE.take(400, self()));

            Eventually.holds("another worker has the seat", () -> {
                var worker = pool.stats().workers().getFirst();
                return worker.pid() != grown && worker.state().equals("idle");
            });
        }
    }

    @Test
    @SideBySide
    void f10_a_worker_that_is_too_large_is_replaced_after_its_item_however_short_that_is() {
        try (var pool = Pool.open(c -> one(c).withRecycleAbove("300m")
                .withInitializer(() -> Memory.NATIVE.take(400, 0)))) {
            for (int round = 0; round < 3; round++) {
                long large = pool.apply(() -> self());

                Eventually.holds("another worker has the seat", () -> {
                    var worker = pool.stats().workers().getFirst();
                    return worker.pid() != large && worker.state().equals("idle");
                });
            }
        }
    }

    @ParameterizedTest
    @SideBySide
    @EnumSource
    void f10_a_worker_over_the_limit_is_killed_during_its_item(Memory memory) {
        try (var gate = Gate.create(); var pool = Pool.open(c -> one(c).withMemoryLimit("300m"))) {
            var door = gate.door();
            var all = new ArrayList<Outcome<Integer>>();

            try (var outcomes = pool.with(o -> o.withChunkSize(4))
                    .outcomes(n -> n == 2 ? growAndWait(memory, door) : n, upTo(4))) {
                outcomes.forEachRemaining(all::add);
            }

            for (int n : List.of(0, 1, 3)) {
                assertEquals(n, assertInstanceOf(Outcome.Ok.class, all.get(n)).value());
            }
            var report = assertInstanceOf(Outcome.Died.class, all.get(2)).report();
            var over = OVER.matcher(report.describe());
            assertTrue(over.find(), report.describe());
            assertTrue(Integer.parseInt(over.group(1)) >= 300, report.describe());
            assertEquals(1, pool.stats().deaths());
        }
    }

    private static int growAndWait(Memory memory, Gate.Door door) throws IOException {
        return door.passStubbornly(memory.take(400, 0)); // nobody lets it pass
    }

    @Test
    @SideBySide
    void f10_every_attempt_of_an_item_that_is_too_large_gets_another_worker() {
        try (var gate = Gate.create(); var pool = Pool.open(c -> one(c).withMemoryLimit("300m"))) {
            var door = gate.door();

            var failure = failureOf(() -> pool.with(o -> o.withRetries(1))
                    .apply(() -> growAndWait(Memory.NATIVE, door)));

            assertInstanceOf(WorkerDiedException.class, failure);
            assertEquals(2, failure.attempts());
            assertEquals(2, pool.stats().deaths());
            assertNotEquals(failure.pid(), pool.apply(() -> self()));
        }
    }

    private static String refusal(Backend backend, UnaryOperator<PoolConfig> edit) {
        return assertThrows(IllegalArgumentException.class,
                () -> Pool.open(c -> edit.apply(c.withBackend(backend)))).getMessage();
    }

    @Test
    @SideBySide
    void f10_the_back_ends_within_this_jvm_refuse_both_limits_by_name() {
        assertEquals("recycleAbove needs worker processes; the threads back-end runs within this JVM",
                refusal(Backend.threads(), c -> c.withRecycleAbove("1g")));
        assertEquals("memoryLimit needs worker processes; the threads back-end runs within this JVM",
                refusal(Backend.threads(), c -> c.withMemoryLimit("1g")));
        assertEquals("recycleAbove needs worker processes; the inline back-end runs within this JVM",
                refusal(Backend.inline(), c -> c.withRecycleAbove("1g")));
        assertEquals("memoryLimit needs worker processes; the inline back-end runs within this JVM",
                refusal(Backend.inline(), c -> c.withMemoryLimit("1g")));
    }
}
