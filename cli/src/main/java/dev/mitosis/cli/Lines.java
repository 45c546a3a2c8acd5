package dev.mitosis.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The lines of an input, read as they are asked for: a [String] each, or [Malformed].
///
/// A line ends with a line feed, or a carriage return and a line feed; the last one need not end.
/// With another end, such as the zero byte of `find -print0`, only that ends it.
///
/// A line that is not UTF-8 is no reason to guess: it becomes an item that fails, with its number,
/// and nothing else is lost. To replace what is malformed was rejected, since a file of such a name
/// would silently be another one.
final class Lines implements Iterator<Object> {
    private static final int BUFFER_BYTES = 1 << 16;

    // all owned by the thread that pulls the input
    private final InputStream input;
    private final byte end;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private @Nullable Object next;

    Lines(InputStream input, char end) {
        this.input = input;
        this.end = (byte) end;
    }

    /// Stands for a line that is not UTF-8.
    ///
    /// @param shown the line with marks in place of what is malformed
    /// @param column the place of the first malformed byte, from 1
    record Malformed(String shown, int column) implements Serializable {
        String complaint() {
            return "not UTF-8 from byte " + column + " on";
        }

        @Override
        public String toString() {
            return shown;
        }
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = read();
        }
        return next != null;
    }

    @Override
    public Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var line = Objects.requireNonNull(next);
        next = null;
        return line;
    }

    private @Nullable Object read() {
        ByteArrayOutputStream longLine = null;
        while (position < limit || fill()) {
            int from = position;
            int to = indexOfEnd();
            boolean complete = to < limit;
            position = complete ? to + 1 : to;
            if (complete && longLine == null) {
                return decode(buffer, from, to);
            }
            longLine = longLine == null ? new ByteArrayOutputStream() : longLine;
            longLine.write(buffer, from, to - from);
            if (complete) {
                break;
            }
        }
        return longLine == null ? null : decode(longLine.toByteArray(), 0, longLine.size());
    }

    private boolean fill() {
        try {
            position = 0;
            limit = Math.max(0, input.read(buffer));
            return limit > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private int indexOfEnd() {
        int at = position;
        while (at < limit && buffer[at] != end) {
            at++;
        }
        return at;
    }

    private Object decode(byte[] bytes, int from, int to) {
        boolean crLf = end == '\n' && to > from && bytes[to - 1] == '\r';
        int length = (crLf ? to - 1 : to) - from;
        var text = new String(bytes, from, length, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0
                ? text
                : decodeStrictly(Arrays.copyOfRange(bytes, from, from + length), text);
    }

    /// The replacement character may be in the line itself.
    private static Object decodeStrictly(byte[] bytes, String replaced) {
        var source = ByteBuffer.wrap(bytes);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(source).toString();
        } catch (CharacterCodingException e) {
            return new Malformed(replaced, source.position() + 1);
        }
    }
}
