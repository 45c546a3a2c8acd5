package dev.mitosis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ReadingTest {

    @Test
    void a_string_is_the_line_as_it_is() throws Exception {
        assertEquals(" a ", Reading.asString(" a "));
        assertEquals("7", Reading.asString(7L));
    }

    @Test
    void numbers_may_have_space_around_them() throws Exception {
        assertEquals(-12L, Reading.asLong(" -12\t"));
        assertEquals(1.5e3, Reading.asDouble(" 1.5e3 "));
    }

    @Test
    void a_number_of_a_range_is_read_as_any_type() throws Exception {
        assertEquals(7L, Reading.asLong(7L));
        assertEquals(7.0, Reading.asDouble(7L));
        assertEquals(7, Json.read(7L).intValue());
    }

    @Test
    void a_line_of_another_type_says_what_it_is_not() {
        assertEquals("not a long", complaint(() -> Reading.asLong("1.5")));
        assertEquals("not a long", complaint(() -> Reading.asLong("")));
        assertEquals("not a double", complaint(() -> Reading.asDouble("one")));
    }

    @Test
    void a_line_that_is_not_text_is_read_as_no_type() {
        var line = new Lines.Malformed("x\uFFFD", 2);
        assertEquals("not UTF-8 from byte 2 on", complaint(() -> Reading.asString(line)));
        assertEquals("not UTF-8 from byte 2 on", complaint(() -> Reading.asLong(line)));
        assertEquals("not UTF-8 from byte 2 on", complaint(() -> Json.read(line)));
    }

    @Test
    void json_may_be_any_value() throws Exception {
        assertEquals(2, Json.read("{\"a\": [1, 2]}").get("a").get(1).intValue());
        assertEquals("x", Json.read("\"x\"").asText());
        assertTrue(Json.read("null").isNull());
        assertEquals("0.1", Json.read("0.1").toString());
        assertEquals("12345678901234567890123", Json.read("12345678901234567890123").toString());
    }

    @Test
    void a_line_must_be_one_json_value() {
        assertTrue(complaint(() -> Json.read("{\"a\": }")).startsWith("not JSON: Unexpected character ('}'"),
                () -> complaint(() -> Json.read("{\"a\": }")));
        assertTrue(complaint(() -> Json.read("1 2")).startsWith("not JSON: "));
        assertEquals("not JSON: the line is empty", complaint(() -> Json.read("  ")));
    }

    private static String complaint(Executable reading) {
        return assertThrows(UnreadableLineException.class, reading).getMessage();
    }
}
