package dev.mitosis.internal.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.internal.link.LinkMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two threads of one worker: the runner goes from item to item, the other interrupts the one that it sees running.
class InterruptsTest {
    private static final int WANTED = 10_000;
    private static final int MOST_LOOKS = 20_000; // so that interrupts come at any moment of an item

    @TempDir
    Path directory;

    private final Set<Long> asked = ConcurrentHashMap.newKeySet();
    private final Set<Long> hit = new TreeSet<>(); // owned by the runner
    private final List<Long> deaf = new ArrayList<>(); // owned by the runner
    private final AtomicBoolean over = new AtomicBoolean();

    /// Runs items without end, as an outbox and its runner do.
    private Set<Long> runItems(LinkMemory memory, Interrupts interrupts) {
        for (long ticket = 1; !over.get(); ticket++) {
            memory.running(ticket << 1);
            interrupts.swallow();
            int looks = (int) (ticket * 7_919 % MOST_LOOKS);
            for (int i = 0; i < looks; i++) {
                if (Thread.currentThread().isInterrupted()) {
                    hit.add(ticket);
                }
            }
            if (interrupts.isInterrupted() && !isHit()) {
                deaf.add(ticket);
            }
        }
        return hit;
    }

    /// {@return whether the interrupt of an item that was marked has come, or comes}
    private static boolean isHit() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!Thread.currentThread().isInterrupted() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        return Thread.currentThread().isInterrupted();
    }

    /// Every second item is never asked for.
    private long nextTicket(LinkMemory memory) {
        long ticket;
        do {
            Thread.yield(); // there may be one core only
            ticket = memory.running() >>> 1;
        } while (ticket % 2 != 0 || asked.contains(ticket));
        return ticket;
    }

    @Test
    void an_interrupt_hits_the_item_that_it_is_for_or_none() throws Exception {
        var file = directory.resolve("link");
        try (var memory = LinkMemory.create(file)) {
            var interrupts = new CompletableFuture<Interrupts>();
            var end = new CompletableFuture<Set<Long>>();
            var runner = new RunnerThread(me -> {
                interrupts.complete(new Interrupts(memory, me));
                end.complete(runItems(memory, interrupts.join()));
            });
            runner.start();
            var other = interrupts.get();
            for (int i = 0; i < WANTED; i++) {
                long ticket = nextTicket(memory);
                asked.add(ticket);
                other.interrupt(ticket);
            }
            over.set(true);

            var strangers = new TreeSet<>(end.get());
            assertFalse(strangers.isEmpty(), "no item was hit");
            strangers.removeAll(asked);
            assertEquals(Set.of(), strangers, "items that were hit by an interrupt for another");
            assertEquals(List.of(), deaf, "items that were marked, and never interrupted");
            runner.join();
        }
    }

    @Test
    void an_item_that_runs_on_is_hit_and_the_next_is_not() throws Exception {
        var file = directory.resolve("link");
        try (var memory = LinkMemory.create(file)) {
            var running = new CompletableFuture<Interrupts>();
            var seen = new CompletableFuture<Boolean>();
            var runner = new RunnerThread(me -> {
                var interrupts = new Interrupts(memory, me);
                memory.running(7 << 1);
                interrupts.swallow();
                running.complete(interrupts);
                while (!me.isInterrupted()) {
                    Thread.onSpinWait();
                }
                boolean marked = interrupts.isInterrupted();
                memory.running(8 << 1);
                interrupts.swallow();
                seen.complete(marked && !me.isInterrupted() && !interrupts.isInterrupted());
            });
            runner.start();

            running.get().interrupt(7);

            assertTrue(seen.get());
            runner.join();
        }
    }
}
