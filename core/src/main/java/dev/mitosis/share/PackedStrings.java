package dev.mitosis.share;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Strings on their way into shared memory: only when all are there is it known how large that is.
///
/// A charset would be simpler, but none can hold half of a surrogate pair.
final class PackedStrings {
    private static final int PIECE = 1 << 20;

    private final List<byte[]> pieces = new ArrayList<>(); // full ones, of any length
    private byte[] open = new byte[PIECE];
    private int at; // in the open piece
    private long bytes;
    private long[] begins = new long[1 << 10]; // from the first char on << 1, and 1 more if wide
    private int count;

    void add(String text) {
        boolean wide = text.chars().anyMatch(c -> c > 0xff);
        byte[] chars = wide ? wide(text) : text.getBytes(StandardCharsets.ISO_8859_1);
        if (count == begins.length) {
            begins = Arrays.copyOf(begins, 2 * count);
        }
        begins[count++] = bytes << 1 | (wide ? 1 : 0);
        bytes += chars.length;
        append(chars);
    }

    private static byte[] wide(String text) {
        byte[] chars = new byte[Character.BYTES * text.length()];
        ByteBuffer.wrap(chars).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().put(text);
        return chars;
    }

    /// {@return the string that some bytes stand for}
    static String text(byte[] chars, boolean wide) {
        return wide
                ? ByteBuffer.wrap(chars).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().toString()
                : new String(chars, StandardCharsets.ISO_8859_1);
    }

    private void append(byte[] chars) {
        if (chars.length > open.length - at) {
            pieces.add(Arrays.copyOf(open, at));
            open = new byte[PIECE];
            at = 0;
        }
        if (chars.length > PIECE) {
            pieces.add(chars);
        } else {
            System.arraycopy(chars, 0, open, at, chars.length);
            at += chars.length;
        }
    }

    int count() {
        return count;
    }

    /// {@return how many bytes they take}
    long size() {
        return head() + bytes;
    }

    private long head() {
        return (count + 1L) * Long.BYTES;
    }

    /// Writes them into memory of [#size].
    void copyTo(MemorySegment memory) {
        for (int i = 0; i < count; i++) {
            memory.setAtIndex(ValueLayout.JAVA_LONG, i, begins[i] + (head() << 1));
        }
        memory.setAtIndex(ValueLayout.JAVA_LONG, count, size() << 1);
        long to = head();
        for (var piece : pieces) {
            MemorySegment.copy(piece, 0, memory, ValueLayout.JAVA_BYTE, to, piece.length);
            to += piece.length;
        }
        MemorySegment.copy(open, 0, memory, ValueLayout.JAVA_BYTE, to, at);
    }
}
