package dev.mitosis.contract;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.Backend;
import dev.mitosis.share.Hosted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class HostedMapProcessTest extends HostedMapContract {
    @Override
    protected Backend backend() {
        return Backend.processes();
    }

    @Test // in the process that hosts the map they are given the value itself, and must not
    void functions_may_change_the_value_that_they_are_given() {
        ConcurrentMap<String, List<Integer>> map = Hosted.map(pool());
        pool().map(n -> map.merge("all", new ArrayList<>(List.of(n)), HostedMapProcessTest::both), upTo(9), 1);
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
}
