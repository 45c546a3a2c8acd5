package dev.mitosis.contract;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.PoolClosedException;
import dev.mitosis.share.Hosted;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.ArrayList;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/// The shared map, as [java.util.concurrent.ConcurrentHashMap] does it.
abstract class HostedMapContract extends PoolContract {
    /// Has no `equals`, as arrays have none.
    static final class Total implements Serializable {
        private static final long serialVersionUID = 1L;

        final int sum;

        Total(int sum) {
            this.sum = sum;
        }
    }

    private <K, V> ConcurrentMap<K, V> map() {
        return Hosted.map(pool());
    }

    @Test
    void one_puts_and_another_gets() {
        ConcurrentMap<String, Integer> map = map();
        assertTrue(pool().apply(() -> map.put("a", 1) == null && map.get("a") == 1 && map.put("a", 2) == 1));
        assertEquals(Map.of("a", 2), map);
        assertEquals(2, pool().apply(() -> map.getOrDefault("a", 9)));
        assertEquals(9, pool().apply(() -> map.getOrDefault("b", 9)));
        assertTrue(pool().apply(() -> map.containsKey("a") && !map.containsKey("b") && map.containsValue(2)));
        assertEquals(2, pool().apply(() -> map.remove("a")));
        assertNull(map.remove("a"));
        assertTrue(map.isEmpty());
    }

    @Test
    void what_depends_on_the_value_does() {
        ConcurrentMap<String, String> map = map();
        assertEquals(List.of(true, true, true, true, true, true), pool().apply(() -> List.of(
                map.putIfAbsent("a", "1") == null, map.putIfAbsent("a", "2").equals("1"),
                !map.replace("a", "2", "3"), map.replace("a", "1", "3"),
                map.replace("b", "1") == null, map.replace("a", "4").equals("3"))));
        assertEquals(List.of(true, true, true, true), pool().apply(() -> List.of(
                !map.remove("a", "3"), !map.remove("b", "3"), map.remove("a", "4"), map.isEmpty())));
    }

    @Test
    void a_value_is_replaced_by_one_that_is_equal_to_it() {
        assertTrue(replacedByItself(1));
        assertTrue(replacedByItself(true));
        assertTrue(replacedByItself(Thread.State.NEW));
        assertTrue(replacedByItself("one"));
    }

    private <V> boolean replacedByItself(V value) {
        ConcurrentMap<String, V> map = map();
        map.put("a", value);
        return map.replace("a", value, value) && pool().apply(() -> map.replace("a", value, value));
    }

    @Test
    void nothing_is_neither_key_nor_value() {
        ConcurrentMap<String, String> map = map();
        assertThrows(NullPointerException.class, () -> map.put("a", null));
        assertThrows(NullPointerException.class, () -> map.put(null, "a"));
        assertThrows(NullPointerException.class, () -> map.get(null));
        assertThrows(NullPointerException.class, () -> map.merge("a", null, (a, _) -> a));
        assertThrows(NullPointerException.class, () -> map.putIfAbsent("a", null));
        assertTrue(map.isEmpty());
    }

    @Test
    void no_change_is_lost_where_many_change_a_value() {
        ConcurrentMap<String, Total> totals = map();
        ConcurrentMap<String, Integer> counts = map();
        pool().map(n -> {
            for (int i = 0; i < 20; i++) {
                totals.merge("sum", new Total(n), (a, b) -> new Total(a.sum + b.sum));
                counts.compute("count", (_, count) -> count == null ? 1 : count + 1);
            }
            return n;
        }, upTo(6), 1);
        assertEquals(20 * 15, totals.get("sum").sum);
        assertEquals(120, counts.get("count"));
    }

    @Test
    void what_a_function_makes_nothing_of_is_removed() {
        ConcurrentMap<String, Integer> map = map();
        map.putAll(Map.of("a", 1, "b", 2, "c", 3));
        assertTrue(pool().apply(() -> map.compute("a", (_, _) -> null) == null
                && map.computeIfPresent("b", (_, _) -> null) == null
                && map.computeIfPresent("x", (_, _) -> 1) == null
                && map.merge("c", 1, (_, _) -> null) == null
                && map.computeIfAbsent("d", _ -> null) == null
                && map.compute("e", (_, _) -> null) == null));
        assertTrue(map.isEmpty());
        assertEquals(1, pool().apply(() -> map.computeIfAbsent("d", _ -> 1)));
        assertEquals(1, pool().apply(() -> map.computeIfAbsent("d", _ -> 2)));
    }

    @Test
    void its_views_show_what_there_is() {
        ConcurrentMap<String, Integer> map = map();
        var keys = map.keySet();
        pool().apply(() -> {
            map.putAll(Map.of("a", 1, "b", 2, "c", 3));
            map.replaceAll((key, value) -> value * 10);
        });
        assertEquals(Set.of("a", "b", "c"), keys);
        assertEquals(Map.of("a", 10, "b", 20, "c", 30), pool().apply(() -> Map.copyOf(map)));
        assertEquals(60, pool().apply(() -> map.values().stream().mapToInt(n -> n).sum()));
        assertTrue(map.entrySet().contains(Map.entry("a", 10)));

        var each = map.entrySet().iterator();
        assertThrows(IllegalStateException.class, each::remove);
        map.put("d", 40);
        while (each.hasNext()) {
            if (each.next().getValue() < 30) {
                each.remove();
            }
        }
        assertEquals(Map.of("c", 30, "d", 40), map);
        assertTrue(keys.remove("c"));
        assertTrue(map.values().removeIf(n -> n == 40));
        assertEquals(0, map.size());
        assertFalse(keys.iterator().hasNext());
    }

    @Test
    void it_travels_and_is_equal_to_a_map_of_the_same() {
        ConcurrentMap<String, Map<String, Integer>> outer = map();
        ConcurrentMap<String, Integer> inner = map();
        outer.put("inner", inner);
        pool().apply(given -> given.get("inner").put("a", 1), outer);
        assertEquals(1, inner.get("a"));
        pool().apply(given -> given, inner).put("b", 2);
        assertEquals(Map.of("a", 1, "b", 2), inner);
        inner.clear();
        assertEquals("{}", pool().apply(() -> outer.get("inner").toString()));
    }

    @Test
    void it_ends_with_its_pool() {
        ConcurrentMap<String, Integer> map;
        try (var other = open(c -> c.withWorkers(1))) {
            map = Hosted.map(other);
            map.put("a", 1);
        }
        assertThrows(PoolClosedException.class, () -> map.get("a"));
        assertThrows(PoolClosedException.class, map::size);
    }

    @Test
    void functions_may_change_the_value_that_they_are_given() {
        ConcurrentMap<String, List<Integer>> map = Hosted.map(pool());
        pool().map(n -> map.merge("all", new ArrayList<>(List.of(n)), HostedMapContract::both), upTo(9), 1);
        assertEquals(new HashSet<>(upTo(9)), new HashSet<>(map.get("all")));
        pool().apply(() -> map.computeIfPresent("all", (_, all) -> {
            all.add(100);
            return all;
        }));
        assertEquals(10, map.get("all").size());
        pool().apply(() -> map.compute("all", (_, all) -> both(all, List.of(200))));
        assertEquals(11, map.get("all").size());
    }

    private static List<Integer> both(List<Integer> one, List<Integer> other) {
        one.addAll(other);
        return one;
    }

    @Test
    void what_it_returns_is_a_copy() {
        ConcurrentMap<String, List<Integer>> map = Hosted.map(pool());
        var mine = new ArrayList<>(List.of(1));
        map.put("key", mine);
        mine.add(2);
        map.get("key").add(3);
        map.values().iterator().next().add(4);
        assertEquals(List.of(1), map.get("key"));
    }
}
