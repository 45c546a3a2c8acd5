package dev.mitosis.contract;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Args;
import dev.mitosis.CallInterruptedException;
import dev.mitosis.LongRange;
import dev.mitosis.Pool;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Gate.Door;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A blocking verb whose thread is interrupted cancels its call, keeps the flag and says so.
abstract class InterruptsContract extends PoolContract {
    /// Every verb that blocks, with items that wait at a gate.
    enum Blocking {
        APPLY((pool, door) -> pool.apply(() -> door.pass(0))),
        APPLY_TO_ITEM((pool, door) -> pool.apply(n -> door.pass(n), 0)),
        APPLY_RUNNABLE((pool, door) -> pool.apply(() -> {
            door.pass(0);
        })),
        MAP((pool, door) -> pool.map(n -> door.pass(n), upTo(10))),
        MAP_IN_CHUNKS((pool, door) -> pool.map(n -> door.pass(n), upTo(10), 4)),
        STARMAP((pool, door) -> pool.starmap((a, b) -> door.pass(a), List.of(Args.of(0, 1)))),
        MAP_REDUCE((pool, door) -> pool.mapReduce(n -> door.pass(n), Integer::sum, 0, upTo(10))),
        MAP_TO_LONG((pool, door) -> pool.mapToLong(n -> door.pass(n), LongRange.of(0, 10))),
        MAP_REDUCE_LONG((pool, door) -> pool.mapReduceLong(n -> door.pass(n), Long::sum, 0, LongRange.of(0, 10))),
        NEXT((pool, door) -> {
            try (var results = pool.imap(n -> door.pass(n), upTo(10))) {
                results.next();
            }
        }),
        HAS_NEXT_LONG((pool, door) -> {
            try (var results = pool.imapToLong(n -> door.pass(n), LongRange.of(0, 10))) {
                results.nextLong();
            }
        }),
        GATHER((pool, door) -> upTo(10).stream().gather(pool.mapping(n -> door.pass(n))).forEach(n -> {}));

        final BiConsumer<Pool, Door> call;

        Blocking(BiConsumer<Pool, Door> call) {
            this.call = call;
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_interrupted_verb_cancels_its_call_and_keeps_the_flag(Blocking verb) throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var flag = new CompletableFuture<Boolean>();
            var caller = Thread.ofPlatform().start(() -> {
                try {
                    assertThrows(CallInterruptedException.class, () -> verb.call.accept(pool(), door));
                    flag.complete(Thread.currentThread().isInterrupted());
                } catch (Throwable e) {
                    flag.completeExceptionally(e);
                }
            });
            var visitor = gate.arrival();

            caller.interrupt();

            assertTrue(flag.get(), "the flag stays set");
            visitor.awaitGone();
        }
        assertEquals(upTo(10), pool().map(n -> n, upTo(10)), "the pool is as good as before");
    }

    @Test
    void an_interrupted_everywhere_goes_on_without_its_caller() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var flag = new CompletableFuture<Boolean>();
            var caller = Thread.ofPlatform().start(() -> {
                try {
                    assertThrows(CallInterruptedException.class, () -> pool().everywhere(() -> door.pass(0)));
                    flag.complete(Thread.currentThread().isInterrupted());
                } catch (Throwable e) {
                    flag.completeExceptionally(e);
                }
            });
            var visitors = List.of(gate.arrival(), gate.arrival(), gate.arrival());

            caller.interrupt();

            assertTrue(flag.get(), "the flag stays set");
            visitors.forEach(Gate.Visitor::release);
        }
        assertEquals(upTo(10), pool().map(n -> n, upTo(10)));
    }

    @Test
    void a_thread_that_is_interrupted_already_makes_no_call() {
        Thread.currentThread().interrupt();
        try {
            assertThrows(CallInterruptedException.class, () -> pool().map(n -> n, upTo(10)));
            assertTrue(Thread.currentThread().isInterrupted());
        } finally {
            Thread.interrupted();
        }
        assertEquals(upTo(10), pool().map(n -> n, upTo(10)));
    }

    @Test
    void asking_for_a_task_passes_the_interrupt_on_and_cancels_nothing() throws Exception {
        try (var gate = Gate.create()) {
            var door = gate.door();
            var task = pool().applyAsync(() -> door.pass(1));
            var visitor = gate.arrival();

            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, task::get);
            visitor.release();

            assertEquals(1, task.get());
        }
    }
}
