package dev.mitosis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RenderingTest {

    record Point(int x, int y) {}

    @Test
    void text_is_what_a_value_prints_itself_as() {
        assertEquals("a", Rendering.text("a"));
        assertEquals("null", Rendering.text(null));
        assertEquals("1.5", Rendering.text(1.5));
        assertEquals("[1, 2]", Rendering.text(List.of(1, 2)));
        assertEquals("Point[x=1, y=2]", Rendering.text(new Point(1, 2)));
    }

    @Test
    void bytes_are_hexadecimal_and_other_arrays_show_their_elements() {
        assertEquals("00ff10", Rendering.text(new byte[] {0, -1, 16}));
        assertEquals("[1, 2]", Rendering.text(new int[] {1, 2}));
        assertEquals("[1, 2]", Rendering.text(new long[] {1, 2}));
        assertEquals("[1.0, 2.5]", Rendering.text(new double[] {1, 2.5}));
        assertEquals("[a, [b]]", Rendering.text(new Object[] {"a", new String[] {"b"}}));
    }

    @Test
    void json_is_json_whatever_the_value() throws Exception {
        assertEquals("\"a\"", Rendering.json("a"));
        assertEquals("null", Rendering.json(null));
        assertEquals("{\"x\":1,\"y\":2}", Rendering.json(new Point(1, 2)));
        assertEquals("{\"a\":[1,2]}", Rendering.json(Map.of("a", List.of(1, 2))));
    }

    @Test
    void with_json_lines_what_has_elements_is_json_and_the_rest_is_text() throws Exception {
        assertEquals("a", Rendering.mixed("a"));
        assertEquals("[\"a\"]", Rendering.mixed(List.of("a")));
        assertEquals("{\"a\":1}", Rendering.mixed(Map.of("a", 1)));
        assertEquals("[1,2]", Rendering.mixed(new int[] {1, 2}));
        assertEquals("{\"b\":\"c\"}", Rendering.mixed(Json.read("{\"b\":  \"c\"}")));
    }
}
