package dev.mitosis.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mitosis.testing.LeakCheck;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class SharedStringsTest {
    @Test
    void strings_come_back_as_they_were() {
        var values = List.of("", "plain", "\u00e9\u00ff", "\u0100", "\ud83d\ude00", "\ud800 half",
                "a".repeat(3 << 20), "\u20ac".repeat(1 << 20), "last");
        try (var strings = SharedStrings.of(values)) {
            assertEquals(values, strings.stream().toList());
            assertEquals(values.size(), strings.length());
        }
    }

    @Test
    void many_short_ones_come_back_in_order() {
        var random = new Random(1);
        var values = IntStream.range(0, 100_000).mapToObj(i -> "x".repeat(random.nextInt(40)) + i)
                .toList();
        try (var strings = SharedStrings.of(values)) {
            assertEquals(values, strings.stream().toList());
        }
    }

    @Test
    void there_may_be_none() {
        try (var strings = SharedStrings.of(List.of())) {
            assertEquals(0, strings.length());
            assertThrows(IndexOutOfBoundsException.class, () -> strings.get(0));
        }
    }

    @Test
    void a_null_is_refused() {
        var thrown = assertThrows(NullPointerException.class,
                () -> SharedStrings.of(Arrays.asList("a", null)));
        assertEquals("a string is null", thrown.getMessage());
    }
}
