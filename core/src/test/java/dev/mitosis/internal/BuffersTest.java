package dev.mitosis.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.IdentityHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuffersTest {
    private final Buffers buffers = new Buffers();

    @ParameterizedTest
    @ValueSource(ints = {Buffers.SHORTEST, Buffers.SHORTEST + 1, 32 << 10, 100_000, Buffers.LONGEST})
    void an_array_that_was_given_back_is_used_again(int length) {
        byte[] array = buffers.take(length);
        assertTrue(array.length >= length && array.length < 2 * length, length + " got " + array.length);

        buffers.giveBack(array);

        assertSame(array, buffers.take(length));
        assertNotSame(array, buffers.take(length), "one array is not lent twice");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Buffers.SHORTEST - 1, Buffers.LONGEST + 1, 20_000, 1 << 20})
    void arrays_of_other_lengths_are_not_kept(int length) {
        byte[] array = new byte[length];

        buffers.giveBack(array);

        assertNotSame(array, buffers.take(length));
    }

    @Test
    void short_and_long_ones_are_just_as_long_as_asked_for() {
        assertEquals(10, buffers.take(10).length);
        assertEquals(Buffers.LONGEST + 1, buffers.take(Buffers.LONGEST + 1).length);
    }

    @Test
    void only_four_mebibytes_of_a_length_are_kept() {
        Map<byte[], Boolean> given = new IdentityHashMap<>();
        for (int i = 0; i < 100; i++) {
            byte[] array = new byte[Buffers.LONGEST];
            given.put(array, true);
            buffers.giveBack(array);
        }

        int kept = 0;
        while (given.remove(buffers.take(Buffers.LONGEST)) != null) {
            kept++;
        }

        assertEquals((4 << 20) / Buffers.LONGEST, kept);
    }
}
