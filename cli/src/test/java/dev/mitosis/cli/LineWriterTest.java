package dev.mitosis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineWriterTest {

    @Test
    void what_is_written_comes_out_when_flushed() throws IOException {
        var output = new Recorded();
        var writer = new LineWriter(output);
        writer.write("a");
        writer.write("ü€");
        assertEquals(List.of(), output.writes);
        writer.flush();
        assertEquals(List.of("a\nü€\n"), output.writes);
    }

    @Test
    void many_lines_need_few_writes_of_whole_lines() throws IOException {
        var output = new Recorded();
        var writer = new LineWriter(output);
        for (int i = 0; i < 100_000; i++) {
            writer.write("line " + i);
        }
        writer.flush();
        assertTrue(output.writes.size() < 30, () -> output.writes.size() + " writes");
        output.writes.forEach(text -> assertTrue(text.endsWith("\n")));
        assertEquals(100_000, String.join("", output.writes).lines().count());
    }

    @Test
    void a_line_longer_than_the_buffer_stays_in_its_place() throws IOException {
        var output = new Recorded();
        var writer = new LineWriter(output);
        var longLine = "x".repeat(200_000);
        writer.write("a");
        writer.write(longLine);
        writer.write("b");
        writer.flush();
        assertEquals(List.of("a", longLine, "b"), String.join("", output.writes).lines().toList());
    }

    @Test
    void a_failed_write_is_thrown_and_not_tried_again() throws IOException {
        var writer = new LineWriter(new Closed());
        writer.write("a");
        assertThrows(IOException.class, writer::flush);
        writer.flush();
    }

    private static final class Recorded extends ByteArrayOutputStream {
        final List<String> writes = new ArrayList<>();

        @Override
        public void write(byte[] bytes) {
            write(bytes, 0, bytes.length);
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            writes.add(new String(bytes, from, length, StandardCharsets.UTF_8));
        }

        @Override
        public synchronized void write(int b) {
            writes.add(String.valueOf((char) b));
        }
    }

    private static final class Closed extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
        }
    }
}
