package dev.mitosis.contract.verbs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.CallInterruptedException;
import dev.mitosis.Pool;
import dev.mitosis.PoolClosedException;
import dev.mitosis.PoolConfig;
import dev.mitosis.TaskTimeoutException;
import dev.mitosis.contract.verbs.AnyVerb.Trait;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.SideBySide;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every verb, stopped while an item of it runs: by a time-out, its caller, or the end of its pool.
abstract class EveryVerbStopsContract extends EveryVerb {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private Pool recycling;

    @BeforeAll
    void openPools() {
        assertWorks(AnyVerb.MAP, pool()); // what items need is loaded before they have a limit
        recycling = open(c -> quickToStart(c).withWorkers(2).withMaxTasksPerWorker(3));
    }

    @AfterAll
    void closeRecycling() {
        recycling.close();
    }

    /// {@return all verbs; where a pool takes time to open, one of each way in which a call is held}
    Stream<AnyVerb> verbsToClose() {
        return hasProcesses()
                ? Stream.of(AnyVerb.MAP, AnyVerb.MAP_ASYNC, AnyVerb.IMAP, AnyVerb.MAPPING, AnyVerb.EXECUTE)
                : verbs();
    }

    /// Many workers are started here.
    private PoolConfig quickToStart(PoolConfig config) {
        return hasProcesses() ? config.withJvmArgs("-XX:TieredStopAtLevel=1") : config;
    }

    /// A call whose end a thread of its own waits for.
    ///
    /// @param running the call
    /// @param seen what it shows
    /// @param caller the thread
    private record Waiting(Running running, FutureTask<Seen> seen, Thread caller) {}

    private Waiting start(AnyVerb verb, Pool pool, Gate gate) throws Exception {
        var running = verb.start(pool, work(Deed.WAITS, gate.door()), items(verb, ""));
        var seen = new FutureTask<>(() -> seen(running));
        return new Waiting(running, seen, Thread.ofPlatform().daemon().start(seen));
    }

    private static Set<Class<?>> typesOf(Seen seen) {
        return seen.failures().stream().map(Failure::type).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void f11_an_item_that_runs_past_its_time_out(AnyVerb verb) {
        try (var gate = Gate.create()) {
            var limited = view(verb).with(o -> o.withTimeout(LIMIT));

            var failure = failure(verb, limited, work(Deed.WAITS, gate.door()), items(verb, ""));

            assertEquals(TaskTimeoutException.class, failure.type());
            failure.says(LIMIT.toString());
            assertTrue(failure.message().contains("waitHere") || failure.message().contains("no safepoint reached"),
                    failure.message());
        }
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void f12_a_call_that_is_cancelled(AnyVerb verb) throws Exception {
        try (var gate = Gate.create()) {
            var call = start(verb, pool(), gate);
            var visitor = gate.arrivalOf(Work.PLACE);

            boolean cancelled = call.running().cancel();
            if (!cancelled) {
                call.caller().interrupt();
            }

            visitor.awaitGone();
            var seen = call.seen().get();
            assertEquals(cancelled ? endOfCancelled(verb) : endOfInterrupted(verb), typesOf(seen));
        }
        assertWorks(verb, pool());
    }

    private static Set<Class<?>> endOfCancelled(AnyVerb verb) {
        return verb.has(Trait.LAZY) ? Set.of() : Set.of(CancellationException.class); // closed results just end
    }

    private static Set<Class<?>> endOfInterrupted(AnyVerb verb) {
        boolean jdks = Set.of(AnyVerb.INVOKE_ALL, AnyVerb.INVOKE_ANY).contains(verb);
        return Set.of(jdks ? InterruptedException.class : CallInterruptedException.class);
    }

    @ParameterizedTest
    @MethodSource("verbs")
    @SideBySide
    void f18_a_pool_that_is_terminated(AnyVerb verb) throws Exception {
        try (var gate = Gate.create(); var pool = open(c -> quickToStart(c).withWorkers(1))) {
            var call = start(verb, pool, gate);
            var visitor = gate.arrivalOf(Work.PLACE);

            pool.terminate();

            visitor.awaitGone();
            var ends = call.seen().get().failures().stream()
                    .map(EveryVerbStopsContract::endOfTerminated).collect(Collectors.toSet());
            assertEquals(Set.of(PoolClosedException.class), ends);
        }
    }

    /// An executor may still be taking tasks when the pool ends: it refuses them in its own words.
    private static Class<?> endOfTerminated(Failure failure) {
        return failure.type() == RejectedExecutionException.class
                ? failure.reason().getCause().getClass() : failure.type();
    }

    @ParameterizedTest
    @MethodSource("verbsToClose")
    void f18_a_pool_that_is_closed(AnyVerb verb) throws Exception {
        try (var gate = Gate.create(); var pool = open(c -> quickToStart(c).withWorkers(1))) {
            var call = start(verb, pool, gate);
            var visitor = gate.arrivalOf(Work.PLACE);
            var closing = Thread.ofPlatform().daemon().start(pool::close);
            Eventually.holds("calls are refused", () -> refuses(pool));

            visitor.release();

            closing.join();
            var seen = call.seen().get();
            if (seen.failures().isEmpty()) {
                assertEquals(items(verb, "").size(), seen.values().size());
            } else { // it was still taking input
                boolean whole = Set.of(AnyVerb.MAPPING, AnyVerb.MAPPING_UNORDERED, AnyVerb.INVOKE_ALL).contains(verb);
                assertTrue(whole || verb.has(Trait.LAZY) && seen.values().contains((long) Work.PLACE),
                        seen.toString());
                assertEquals(Set.of(PoolClosedException.class), seen.failures().stream()
                        .map(EveryVerbStopsContract::endOfTerminated).collect(Collectors.toSet()));
            }
        }
    }

    private static boolean refuses(Pool pool) {
        try {
            pool.applyAsync(() -> 0).cancel(true);
            return false;
        } catch (PoolClosedException e) {
            return true;
        }
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void f32_workers_that_are_replaced(AnyVerb verb) {
        long starts = recycling.stats().starts();

        assertWorks(verb, recycling);

        if (!verb.has(Trait.ONE)) {
            Eventually.holds("a worker runs three items", () -> recycling.stats().starts() > starts);
        }
        assertEquals(0, recycling.stats().deaths(), "a planned exit is no death");
    }
}
