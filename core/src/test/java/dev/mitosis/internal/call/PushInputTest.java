package dev.mitosis.internal.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class PushInputTest {
    private static int cut(PushInput input) {
        return Objects.requireNonNull(input.cut(100)).count();
    }

    @Test
    void nothing_that_waits_is_cut_together_with_a_large_item_before_it() {
        var input = new PushInput();
        for (int length : new int[] {1, 2, 2 << 20, 3, 4}) {
            input.push(new byte[length]);
        }
        assertEquals(3, cut(input));
        assertEquals(2, cut(input));
    }
}
