package dev.mitosis.internal.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {
    private static final int LONGEST = LineReader.LONGEST;

    // one character, two chars
    private static final String SMILE = "\ud83d\ude00";

    /// A text of which no read gets more than so many chars, as from a pipe.
    private static final class Slow extends StringReader {
        private final int most;

        Slow(String text, int most) {
            super(text);
            this.most = most;
        }

        @Override
        public int read(char[] into, int offset, int length) throws IOException {
            return super.read(into, offset, Math.min(length, most));
        }
    }

    private static List<String> lines(Reader text) throws IOException {
        var all = new ArrayList<String>();
        try (var lines = new LineReader(text)) {
            for (String line; (line = lines.next()) != null; ) {
                all.add(line);
            }
        }
        return all;
    }

    private static List<String> lines(String text) throws IOException {
        return lines(new StringReader(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\n", "\r", "\r\n", "\n\r", "\r\r\n\n", "a\nb", "a\rb", "a\r\nb\r\n", "\r\na",
            "a\n\n"})
    void every_end_of_a_line_ends_it_wherever_the_reads_are_cut(String text) throws IOException {
        var expected = new BufferedReader(new StringReader(text)).lines().toList();

        for (int most = 1; most <= 4; most++) {
            assertEquals(expected, lines(new Slow(text, most)), "reads of " + most);
        }
    }

    @Test
    void any_text_of_short_lines_is_read_as_by_the_jdk() throws IOException {
        var random = new Random(1);
        for (int round = 0; round < 300; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(20_000); i > 0; i--) {
                text.append("\r\n\r\nabcdefgh".charAt(random.nextInt(12)));
            }
            var expected = new BufferedReader(new StringReader(text.toString())).lines().toList();

            assertEquals(expected, lines(new Slow(text.toString(), 1 + random.nextInt(20_000))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r", "\r\n"})
    void a_line_of_the_greatest_length_is_one_line_whatever_ends_it(String end) throws IOException {
        assertEquals(List.of("x".repeat(LONGEST)), lines("x".repeat(LONGEST) + end));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 8191", "2, 4096", "5, 8192"})
    void a_longer_line_comes_in_pieces_whole_and_in_order(int times, int more) throws IOException {
        var text = new StringBuilder();
        for (int i = 0; i < times * LONGEST + more; i++) {
            text.append((char) ('a' + i % 26));
        }

        var pieces = lines("before\n" + text + "\r\nafter");

        assertEquals("before", pieces.removeFirst());
        assertEquals("after", pieces.removeLast());
        assertEquals(text.toString(), String.join("", pieces));
        assertEquals(more, pieces.removeLast().length());
        assertEquals(times, pieces.size());
        pieces.forEach(piece -> assertEquals(LONGEST, piece.length()));
    }

    @Test
    void a_line_of_twice_the_greatest_length_ends_with_its_second_piece() throws IOException {
        assertEquals(List.of("x".repeat(LONGEST), "x".repeat(LONGEST), "y"), lines("x".repeat(2 * LONGEST) + "\ny"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4096, 8192})
    void a_character_of_two_chars_is_never_torn_apart(int most) throws IOException {
        var text = "x" + SMILE.repeat(LONGEST);

        var pieces = lines(new Slow(text, most));

        assertEquals(text, String.join("", pieces));
        assertEquals(List.of(LONGEST - 1, LONGEST, 2), pieces.stream().map(String::length).toList());
        pieces.forEach(piece -> assertEquals(SMILE, piece.substring(piece.length() - 2)));
    }

    @Test
    void an_endless_line_is_handed_on_before_it_ends() throws IOException {
        var endless = new Reader() {
            @Override
            public int read(char[] into, int offset, int length) {
                Arrays.fill(into, offset, offset + length, 'x');
                return length;
            }

            @Override
            public void close() {}
        };

        try (var lines = new LineReader(endless)) {
            for (int i = 0; i < 1000; i++) {
                assertEquals(LONGEST, lines.next().length());
            }
        }
    }
}
