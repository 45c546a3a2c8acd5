package dev.mitosis.internal.schedule;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.spi.Job;
import org.junit.jupiter.api.Test;

class PartTest {
    private static final int COUNT = 10;
    private static final long FIRST = 100; // ticket

    private static Part begun(Job.Verb verb) {
        var part = new QuickPool(verb).part(0, COUNT);
        part.assign(0, 1, FIRST);
        return part;
    }

    @Test
    void an_item_is_suspect_until_its_outcome_is_there() {
        var part = begun(Job.Verb.MAP_LONG);
        assertTrue(part.isSuspect(FIRST + 3));

        part.replied(new byte[0], 0, 4, true);

        assertFalse(part.isSuspect(FIRST + 3));
        assertTrue(part.isSuspect(FIRST + 4));
        assertFalse(part.isSuspect(FIRST + COUNT));
    }

    /// Until it says that it is through, its worker names the last item of the block.
    @Test
    void no_item_of_a_fold_is_suspect_once_the_outcome_of_all_is_there() {
        var part = begun(Job.Verb.FOLD_LONG);
        assertTrue(part.isSuspect(FIRST + COUNT - 1));

        part.replied(new byte[0], 0, 1, true);

        assertFalse(part.isSuspect(FIRST + COUNT - 1));
    }
}
