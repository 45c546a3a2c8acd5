package dev.mitosis.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The combinations on which the tests of products of options stand.
class PairwiseTest {
    private static final List<List<Object>> OPTIONS = List.of(
            List.of("a", "b", "c", "d", "e"), List.of(1, 2, 3), List.of(true, false), List.of('x', 'y', 'z', 'w'));

    @Test
    void each_two_values_of_two_options_meet() {
        var met = new HashSet<List<Object>>();
        for (var row : Pairwise.of(1, OPTIONS)) {
            for (int i = 0; i < row.size(); i++) {
                for (int j = i + 1; j < row.size(); j++) {
                    met.add(List.of(row.get(i), row.get(j)));
                }
            }
        }

        assertEquals(5 * 3 + 5 * 2 + 5 * 4 + 3 * 2 + 3 * 4 + 2 * 4, met.size());
    }

    @Test
    void far_fewer_combinations_than_all_will_do() {
        int rows = Pairwise.of(1, OPTIONS).size();

        assertTrue(rows >= 5 * 4 && rows < 30, rows + " of " + 5 * 3 * 2 * 4);
    }

    @Test
    void a_seed_makes_the_same_combinations_again() {
        assertEquals(Pairwise.of(7, OPTIONS), Pairwise.of(7, OPTIONS));
    }
}
