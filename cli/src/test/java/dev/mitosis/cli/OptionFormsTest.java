package dev.mitosis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mitosis.LongRange;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class OptionFormsTest {

    @Test
    void a_range_is_written_with_a_colon() {
        assertEquals(LongRange.of(0, 100_000), new Ranges().convert("0:100000"));
        assertEquals(LongRange.of(-5, 5), new Ranges().convert("-5:5"));
        assertEquals(LongRange.of(0, 1_000_000), new Ranges().convert("0:1_000_000"));
        assertEquals(LongRange.of(3, 3), new Ranges().convert("3:3"));
    }

    @Test
    void what_is_no_range_is_refused_by_name() {
        assertEquals("'5' is not a range such as 0:100 (from 0 up to 99)", refusedRange("5"));
        assertEquals("'0:x' is not a range such as 0:100 (from 0 up to 99)", refusedRange("0:x"));
        assertEquals("'0:99999999999999999999' is beyond the numbers of a long",
                refusedRange("0:99999999999999999999"));
        assertEquals("a range must not end before it begins, nor hold more than 2^63-1 numbers, got 5 to 4",
                refusedRange("5:4"));
    }

    @Test
    void a_duration_is_written_with_its_unit() {
        assertEquals(Duration.ofMillis(500), new Durations().convert("500ms"));
        assertEquals(Duration.ofMillis(1_500), new Durations().convert("1.5s"));
        assertEquals(Duration.ofMinutes(2), new Durations().convert("2m"));
        assertEquals(Duration.ofHours(1), new Durations().convert("1h"));
        assertEquals(Duration.ofMinutes(2), new Durations().convert("PT2M"));
    }

    @Test
    void what_is_no_duration_is_refused_by_name() {
        assertEquals("'10' is not a duration such as 500ms, 10s, 2m or 1h",
                assertThrows(TypeConversionException.class, () -> new Durations().convert("10")).getMessage());
    }

    @Test
    void a_duration_is_told_as_people_write_it() {
        assertEquals("500 ms", Durations.text(Duration.ofMillis(500)));
        assertEquals("1.5 s", Durations.text(Duration.ofMillis(1_500)));
        assertEquals("120.0 s", Durations.text(Duration.ofMinutes(2)));
    }

    private static String refusedRange(String text) {
        return assertThrows(TypeConversionException.class, () -> new Ranges().convert(text)).getMessage();
    }
}
