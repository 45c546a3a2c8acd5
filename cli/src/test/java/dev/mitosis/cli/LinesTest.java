package dev.mitosis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinesTest {

    @Test
    void a_line_ends_with_a_line_feed() {
        assertEquals(List.of("a", "b"), lines("a\nb\n"));
    }

    @Test
    void the_last_line_need_not_end() {
        assertEquals(List.of("a", "b"), lines("a\nb"));
    }

    @Test
    void a_line_may_be_empty() {
        assertEquals(List.of("", "a", ""), lines("\na\n\n"));
    }

    @Test
    void no_input_has_no_lines() {
        assertEquals(List.of(), lines(""));
    }

    @Test
    void a_carriage_return_belongs_to_the_end_only_before_the_line_feed() {
        assertEquals(List.of("a", "b\rc", "d\r"), lines("a\r\nb\rc\nd\r\r\n"));
    }

    @Test
    void lines_that_end_with_zero_keep_all_else() {
        assertEquals(List.of("a\nb\r", "c"), all("a\nb\r\0c".getBytes(StandardCharsets.UTF_8), '\0'));
    }

    @Test
    void a_line_may_be_longer_than_any_buffer() {
        var text = "ä€😀".repeat(100_000);
        assertEquals(List.of("a", text, "b"), lines("a\n" + text + "\nb"));
    }

    @Test
    void lines_do_not_depend_on_how_the_bytes_arrive() {
        var text = new StringBuilder();
        var random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            text.append(random.nextInt(40) == 0 ? "\n" : "äx");
        }
        assertEquals(text.toString().lines().toList(), lines(text.toString()));
        assertEquals(List.of("ab", "c"), list(new Lines(new OneByOne("ab\nc"), '\n')));
    }

    @Test
    void a_line_that_is_not_utf_8_stands_for_itself_and_loses_no_other() {
        var bytes = new byte[] {'a', '\n', 'x', 'y', (byte) 0xFF, 'z', '\n', 'b'};
        var lines = all(bytes, '\n');
        assertEquals(List.of("a", "b"), List.of(lines.getFirst(), lines.getLast()));
        var malformed = assertInstanceOf(Lines.Malformed.class, lines.get(1));
        assertEquals("not UTF-8 from byte 3 on", malformed.complaint());
        assertEquals("xy\uFFFDz", malformed.toString());
    }

    @Test
    void the_replacement_character_itself_is_no_error() {
        assertEquals(List.of("a\uFFFDb"), lines("a\uFFFDb"));
    }

    @Test
    void an_input_that_breaks_says_so_at_its_place() {
        var lines = new Lines(new Broken(), '\n');
        assertEquals("the disk is gone",
                assertThrows(UncheckedIOException.class, lines::hasNext).getMessage());
    }

    @Test
    void there_is_nothing_after_the_end() {
        var lines = new Lines(InputStream.nullInputStream(), '\n');
        assertThrows(NoSuchElementException.class, lines::next);
    }

    private static List<Object> lines(String text) {
        return all(text.getBytes(StandardCharsets.UTF_8), '\n');
    }

    private static List<Object> all(byte[] bytes, char end) {
        return list(new Lines(new ByteArrayInputStream(bytes), end));
    }

    private static List<Object> list(Lines lines) {
        var all = new ArrayList<>();
        lines.forEachRemaining(all::add);
        return all;
    }

    private static final class OneByOne extends ByteArrayInputStream {
        OneByOne(String text) {
            super(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public int read(byte[] into) {
            return read(into, 0, 1);
        }
    }

    private static final class Broken extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the disk is gone");
        }
    }
}
