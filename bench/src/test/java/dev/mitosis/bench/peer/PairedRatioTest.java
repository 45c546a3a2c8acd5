package dev.mitosis.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.bench.peer.PairedRatio.Side;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairedRatioTest {
    private static final Side FLOOR = _ -> 2;

    /// Takes so long in each round; the last for ever after.
    private static Side taking(double... seconds) {
        var left = Arrays.stream(seconds).iterator();
        return _ -> left.hasNext() ? left.next() : seconds[seconds.length - 1];
    }

    @Test
    void a_ratio_that_is_worse_than_twice_the_recorded_one_each_time_is_a_collapse() throws Exception {
        var found = PairedRatio.measure(taking(42), FLOOR, 10);

        assertTrue(found.isCollapsed());
        assertEquals("[21.0, 21.0, 21.0] times the floor, recorded were 10.0", found.toString());
    }

    @Test
    void twice_the_recorded_ratio_is_none_and_is_measured_once() throws Exception {
        var found = PairedRatio.measure(taking(40), FLOOR, 10);

        assertFalse(found.isCollapsed());
        assertEquals(List.of(20.0), found.ratios());
    }

    @Test
    void two_rounds_of_five_under_load_change_nothing() throws Exception {
        var found = PairedRatio.measure(taking(20, 900, 20, 900, 20), FLOOR, 10);

        assertEquals(List.of(10.0), found.ratios());
    }

    @Test
    void a_load_that_ends_is_waited_for() throws Exception {
        var found = PairedRatio.measure(taking(900, 900, 900, 900, 900, 20), FLOOR, 10);

        assertFalse(found.isCollapsed());
        assertEquals(List.of(450.0, 10.0), found.ratios());
    }
}
