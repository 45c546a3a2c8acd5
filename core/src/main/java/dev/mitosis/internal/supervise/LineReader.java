package dev.mitosis.internal.supervise;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/// The lines of a text, as [java.io.BufferedReader] has them, but none of them endless: what is
/// longer than [#LONGEST] comes in pieces.
///
/// It is tempting to use that reader, but it collects a line until that ends: a worker that prints
/// gigabytes without a line end would fill the heap of this JVM, not its own.
final class LineReader implements Closeable {
    /// How many chars a line has at most.
    static final int LONGEST = 64 << 10;

    private final Reader text;

    // all owned by the thread that reads
    private final char[] buffer = new char[8 << 10];
    private final StringBuilder line = new StringBuilder();
    private int position;
    private int limit;
    private boolean afterReturn;

    LineReader(Reader text) {
        this.text = text;
    }

    /// Waits for a line.
    ///
    /// @return the line without its end, or a piece of one, or null after the last
    /// @throws IOException if the text cannot be read
    @Nullable String next() throws IOException {
        while (position < limit || fill()) {
            passLineFeed();
            take();
            if (position == limit) {
                continue;
            }
            if (!isEnd(buffer[position])) {
                return piece();
            }
            afterReturn = buffer[position++] == '\r';
            return upTo(line.length());
        }
        return line.isEmpty() ? null : upTo(line.length());
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, text.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    /// It is the second half of an end: its line was not kept waiting for it.
    private void passLineFeed() {
        if (afterReturn && buffer[position] == '\n') {
            position++;
        }
        afterReturn = false;
    }

    /// Takes what belongs to the line out of the buffer: up to its end, or as much as it may have.
    private void take() {
        int from = position;
        int most = Math.min(limit, from + LONGEST - line.length());
        while (position < most && !isEnd(buffer[position])) {
            position++;
        }
        line.append(buffer, from, position - from);
    }

    private static boolean isEnd(char next) {
        return next == '\n' || next == '\r';
    }

    /// A character of two chars goes to the next piece as a whole.
    private String piece() {
        return upTo(Character.isHighSurrogate(line.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
    }

    private String upTo(int end) {
        var part = line.substring(0, end);
        line.delete(0, end);
        return part;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
