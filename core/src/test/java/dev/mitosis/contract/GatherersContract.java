package dev.mitosis.contract;

import static dev.mitosis.testing.Failures.failureOf;
import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The stages of streams that run in the workers.
abstract class GatherersContract extends PoolContract {
    @Test
    void mapping_keeps_the_order() {
        assertEquals(upTo(500).stream().map(n -> n * n).toList(),
                upTo(500).stream().gather(pool().mapping(n -> n * n)).toList());
    }

    @Test
    void mapping_unordered_hands_on_each_result_once() {
        var all = upTo(500).stream().gather(pool().mappingUnordered(n -> n + 1)).toList();

        assertEquals(500, all.size());
        assertEquals(upTo(501).stream().filter(n -> n > 0).collect(Collectors.toSet()), Set.copyOf(all));
    }

    @Test
    void mapping_an_empty_stream_gives_an_empty_stream() {
        assertEquals(List.of(), Stream.<Integer>empty().gather(pool().mapping(n -> n)).toList());
    }

    @Test
    void null_passes_through() {
        assertEquals(Arrays.asList(1, null, 3),
                Stream.of(1, null, 3).gather(pool().<Integer, Integer>mapping(n -> n)).toList());
    }

    @Test
    void mappings_can_follow_each_other() {
        assertEquals(upTo(100).stream().map(n -> n * 2 + 1).toList(),
                upTo(100).stream().gather(pool().mapping(n -> n * 2)).gather(pool().mapping(n -> n + 1)).toList());
    }

    @Test
    void a_mapping_can_be_used_again() {
        var mapping = pool().<Integer, Integer>mapping(n -> n + 1);

        assertEquals(List.of(1, 2), Stream.of(0, 1).gather(mapping).toList());
        assertEquals(List.of(3, 4), Stream.of(2, 3).gather(mapping).toList());
    }

    @Test
    void an_endless_stream_can_be_cut_short() {
        assertEquals(upTo(10), Stream.iterate(0, n -> n + 1).gather(pool().mapping(n -> n)).limit(10).toList());
        assertEquals(7, Stream.iterate(0, n -> n + 1).gather(pool().mapping(n -> n))
                .filter(n -> n > 6).findFirst().orElseThrow());
        assertEquals(10, Stream.iterate(0, n -> n + 1).gather(pool().mappingUnordered(n -> n)).limit(10).count());
    }

    @Test
    void what_is_taken_and_not_handed_on_keeps_to_the_window() {
        var taken = new AtomicInteger();
        var handedOn = new AtomicInteger();
        var mostAhead = new AtomicInteger();

        upTo(300).stream()
                .peek(n -> mostAhead.accumulateAndGet(taken.incrementAndGet() - handedOn.get(), Math::max))
                .gather(pool().with(o -> o.withWindow(5)).mapping(n -> n))
                .forEach(n -> handedOn.incrementAndGet());

        assertEquals(300, handedOn.get());
        assertTrue(mostAhead.get() <= 6, "the window and the one in hand, not " + mostAhead);
    }

    @Test
    void a_failed_item_fails_the_stream() {
        var failure = failureOf(() -> upTo(100).stream().gather(pool().mapping(n -> 1 / (n - 20))).toList());

        assertEquals(20, failure.index());
        assertInstanceOf(ArithmeticException.class, failure.getCause());
        assertEquals(upTo(5), upTo(5).stream().gather(pool().mapping(n -> n)).toList());
    }

    @Test
    void the_results_before_a_failed_item_are_handed_on() {
        var handedOn = new java.util.ArrayList<Integer>();

        failureOf(() -> upTo(50).stream().gather(pool().mapping(n -> n / (n - 20) * 0 + n)).forEach(handedOn::add));

        assertEquals(upTo(20), handedOn);
    }

    @Test
    void an_exception_upstream_or_downstream_comes_through() {
        assertThrows(IllegalCallerException.class, () -> Stream.iterate(0, n -> {
            if (n == 5) {
                throw new IllegalCallerException();
            }
            return n + 1;
        }).gather(pool().mapping(n -> n)).toList());
        assertThrows(IllegalCallerException.class, () -> upTo(100).stream().gather(pool().mapping(n -> n))
                .forEach(n -> {
                    throw new IllegalCallerException();
                }));
        assertEquals(1, pool().apply(() -> 1));
    }

    @Test
    void a_parallel_stream_gives_the_same() {
        assertEquals(upTo(200), upTo(200).parallelStream().gather(pool().mapping(n -> n)).toList());
    }
}
