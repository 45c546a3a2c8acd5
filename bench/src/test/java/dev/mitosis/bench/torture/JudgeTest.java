package dev.mitosis.bench.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Backend;
import dev.mitosis.DeathReport;
import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the judge lets pass, and what not. (The pool is never used; it has no process.)
class JudgeTest {
    private static final Deeds DEEDS = new Deeds(1, 4_000, 4_000, true, false);
    private static final long KILLED = 7;

    private final Findings findings = new Findings(_ -> {});
    private final Judge judge = new Judge(Set.of(KILLED), new Tally(), findings);
    private final Pool pool = Pool.open(c -> c.withBackend(Backend.inline()));

    @AfterEach
    void close() {
        pool.close();
    }

    private static long first(Act act) {
        return LongStream.range(0, 10_000).filter(n -> DEEDS.act(n) == act).findFirst().orElseThrow();
    }

    private static Outcome.Item item(int attempts, long pid) {
        return new Outcome.Item(0, attempts, pid, Duration.ZERO, Duration.ZERO);
    }

    private static Outcome<Object> died(long pid, int code) {
        var report = new DeathReport(0, "", 1, 0, pid, OptionalInt.of(code), "died", null, null, List.of());
        return new Outcome.Died<>(report, item(1, pid));
    }

    private int complaints(Act act, Outcome<?> outcome) {
        return complaints(act, outcome, true);
    }

    private int complaints(Act act, Outcome<?> outcome, boolean exits) {
        int before = findings.all().size();
        var tenancy = House.Tenancy.of(pool, exits);
        long n = first(act);
        var call = new Call("test", Verb.MAP, new SplittableRandom(1), tenancy, tenancy.defaults(), n, n + 1, DEEDS);
        judge.judge(call, n, outcome);
        return findings.all().size() - before;
    }

    @Test
    void an_exhausted_heap_ends_the_worker_or_fails_the_item_as_its_pool_says() {
        var failed = new Outcome.Failed<>(new OutOfMemoryError("Java heap space"), item(1, 1));
        assertEquals(0, complaints(Act.ALLOCATE, died(1, Act.HEAP_EXHAUSTED), true));
        assertEquals(1, complaints(Act.ALLOCATE, failed, true));
        assertEquals(1, complaints(Act.ALLOCATE, died(1, Act.HEAP_EXHAUSTED), false));
        assertEquals(0, complaints(Act.ALLOCATE, failed, false));
    }

    @Test
    void an_answer_must_be_right() {
        long right = DEEDS.answer(first(Act.ANSWER));
        assertEquals(0, complaints(Act.ANSWER, new Outcome.Ok<>(right, item(1, 1))));
        assertEquals(1, complaints(Act.ANSWER, new Outcome.Ok<>(right + 1, item(1, 1))));
        assertEquals(1, complaints(Act.EXIT, new Outcome.Ok<>(DEEDS.answer(first(Act.EXIT)), item(1, 1))));
    }

    @Test
    void a_failure_must_be_the_items_own() {
        var own = new IOException("item " + first(Act.THROW));
        assertEquals(0, complaints(Act.THROW, new Outcome.Failed<>(own, item(1, 1))));
        assertEquals(1, complaints(Act.THROW, new Outcome.Failed<>(new IOException("item -1"), item(1, 1))));
        assertEquals(1, complaints(Act.ANSWER, new Outcome.Failed<>(own, item(1, 1))));
    }

    @Test
    void an_item_dies_of_what_it_does_or_with_a_worker_that_was_killed() {
        assertEquals(0, complaints(Act.EXIT, died(1, Act.EXIT_CODE)));
        assertEquals(1, complaints(Act.EXIT, died(1, Act.HALT_CODE)));
        assertEquals(0, complaints(Act.ANSWER, died(KILLED, Act.KILLED)));
        assertEquals(1, complaints(Act.ANSWER, died(1, Act.KILLED)));
    }

    @Test
    void nothing_is_tried_more_often_than_allowed_cancelled_or_out_of_a_time_it_does_not_have() {
        long right = DEEDS.answer(first(Act.ANSWER));
        assertEquals(1, complaints(Act.ANSWER, new Outcome.Ok<>(right, item(2, 1))));
        assertEquals(1, complaints(Act.ANSWER, new Outcome.Cancelled<>(item(1, 1))));
        assertEquals(1, complaints(Act.NAP, new Outcome.TimedOut<>(Duration.ofMillis(1), "", item(1, 1))));
    }

    @Test
    void a_seed_makes_the_same_items() {
        var again = new Deeds(1, 4_000, 4_000, true, false);
        assertTrue(LongStream.range(0, 1_000).allMatch(n -> DEEDS.act(n) == again.act(n)));
    }
}
