package dev.mitosis.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes lines to a stream, many with one system call.
///
/// Whole lines only, unless a line alone is longer than the buffer: so what was written of an
/// interrupted command ends with a line. Not a [java.io.PrintStream], which keeps errors to itself.
final class LineWriter {
    private static final int BUFFER_BYTES = 1 << 16;

    // all owned by the thread that prints
    private final OutputStream output;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int length;

    LineWriter(OutputStream output) {
        this.output = output;
    }

    void write(String line) throws IOException {
        var bytes = line.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= buffer.length - length) {
            flush();
        }
        if (bytes.length >= buffer.length) {
            output.write(bytes);
            output.write('\n');
            return;
        }
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
        buffer[length++] = '\n';
    }

    void flush() throws IOException {
        int written = length;
        length = 0;
        if (written > 0) {
            output.write(buffer, 0, written);
        }
    }
}
