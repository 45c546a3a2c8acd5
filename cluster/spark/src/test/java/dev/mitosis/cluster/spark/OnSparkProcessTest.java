package dev.mitosis.cluster.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The first example of `docs/cluster.md`, on a cluster of this machine.
@Tag("process")
class OnSparkProcessTest {
    @Test
    void the_documented_call_runs_on_executors() {
        var squares = OnSpark.squares(LocalCluster.shared());

        assertEquals(100_000, squares.size());
        assertEquals(99_999L * 99_999, squares.getLast());
    }
}
