package dev.mitosis.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.NotShippableException;
import dev.mitosis.PoolClosedException;
import dev.mitosis.share.Shared;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Values that are shared with workers.
abstract class BroadcastContract extends PoolContract {
    /// Needs no serialization of its own.
    record Query(String word, Shared<Map<String, Integer>> numbers) {}

    @Test
    void a_value_is_there_in_lambdas_items_and_records() {
        try (var numbers = pool().share(Map.of("one", 1, "two", 2))) {
            assertEquals(1, pool().map(word -> numbers.get().get(word), List.of("one")).get(0));
            assertEquals(2, pool().map(all -> all.get().get("two"), List.of(numbers)).get(0));
            assertEquals(List.of(2, 1), pool().map(query -> query.numbers().get().get(query.word()),
                    List.of(new Query("two", numbers), new Query("one", numbers))));
        }
    }

    @Test
    void whoever_shares_a_value_has_it_as_it_is() {
        var list = List.of("a");
        try (var shared = pool().share(list)) {
            assertSame(list, shared.get());
        }
    }

    @Test
    void an_interrupted_item_has_it_too_and_stays_interrupted() {
        try (var numbers = pool().share(Map.of("one", 1))) {
            assertTrue(pool().apply(() -> {
                Thread.currentThread().interrupt();
                int one = numbers.get().get("one");
                return Thread.interrupted() && one == 1;
            }));
        }
    }

    @Test
    void null_is_a_value() {
        try (var nothing = pool().share((String) null)) {
            assertNull(nothing.get());
            assertTrue(pool().apply(() -> nothing.get() == null));
        }
    }

    @Test
    void a_handle_comes_back_as_what_was_shared() {
        try (var shared = pool().share("text")) {
            assertSame(shared, pool().apply(given -> given, shared));
        }
    }

    @Test
    void a_closed_value_is_used_no_more() {
        var shared = pool().share("text");
        shared.close();
        shared.close();

        assertEquals("this shared value was closed",
                assertThrows(IllegalStateException.class, shared::get).getMessage());
        var thrown = assertThrows(NotShippableException.class, () -> pool().apply(() -> shared.get()));
        assertTrue(thrown.getMessage().contains("this shared value was closed"), thrown::getMessage);
    }

    @Test
    void what_cannot_travel_is_refused_when_it_is_shared() {
        var thrown = assertThrows(NotShippableException.class,
                () -> pool().share(List.of(new Object())));
        assertTrue(thrown.getMessage().contains("java.lang.Object"), thrown::getMessage);
    }

    @Test
    void a_value_ends_with_its_pool() {
        Shared<String> shared;
        try (var other = open(c -> c.withWorkers(1))) {
            shared = other.share("text");
            assertEquals("text", other.apply(() -> shared.get()));
        }
        assertThrows(IllegalStateException.class, shared::get);
    }

    @Test
    void a_closed_pool_shares_nothing() {
        var other = open(c -> c.withWorkers(1));
        other.close();
        assertThrows(PoolClosedException.class, () -> other.share("text"));
    }

    @Test
    void a_large_value_of_many_parts_comes_whole() {
        var large = IntStream.range(0, 300_000).mapToObj(i -> "part " + i).toList();
        try (var shared = pool().share(large); var array = pool().share(new long[1 << 20])) {
            assertEquals(List.of(large.hashCode(), large.hashCode()),
                    pool().map(i -> shared.get().hashCode(), List.of(1, 2)));
            assertEquals(1 << 20, pool().apply(() -> array.get().length));
        }
    }
}
