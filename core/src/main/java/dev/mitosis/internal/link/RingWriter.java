package dev.mitosis.internal.link;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/// The writing end of a ring: one thread at a time writes bytes and then publishes them.
public final class RingWriter {
    private static final int MASK = LinkLayout.RING - 1;
    private static final int SHORT = 16; // bytes that are written as words
    private static final int TOUCHED = 24; // bytes from the tail on that then change
    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final ByteBuffer memory;
    private final LongBuffer longs; // the same memory, little-endian
    private final Words words;
    private final int tailAt;
    private final int headAt;
    private final int ringAt;

    // owned by whoever writes
    private long tail;
    private long head;
    private long begun; // what the word in which the tail is has before the tail, then zeros

    RingWriter(ByteBuffer memory, int tailAt, int headAt, int ringAt) {
        this.memory = memory.duplicate();
        longs = memory.duplicate().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
        words = new Words(memory);
        this.tailAt = tailAt;
        this.headAt = headAt;
        this.ringAt = ringAt;
    }

    /// Writes as many bytes as there is room for; they are not visible yet.
    ///
    /// @param source the bytes
    /// @param offset where they begin
    /// @param length how many
    /// @return how many were written
    /// @throws CorruptLinkException if the reader claims what it cannot have read
    public int write(byte[] source, int offset, int length) {
        if (length <= SHORT && writeShort(source, offset, length)) {
            return length;
        }
        int room = room(length);
        int count = Math.min(room, length);
        int at = (int) (tail & MASK);
        int first = Math.min(count, LinkLayout.RING - at);
        copy(source, offset, at, first);
        copy(source, offset + first, 0, count - first);
        tail += count;
        begun = firstBytes(longs.get(ringAt + (int) (tail & MASK) >>> 3), (int) tail);
        return count;
    }

    /// Writes a few bytes; most outcomes are short, and a call to copy them takes longer than all
    /// else.
    private boolean writeShort(byte[] source, int offset, int length) {
        return source.length - offset >= SHORT
                && append((long) WORD.get(source, offset), (long) WORD.get(source, offset + 8),
                        length);
    }

    /// Writes a record of one byte and a number, if there is room; it is not visible yet.
    ///
    /// @param kind the byte
    /// @param bits the number
    /// @param length how long the record is
    /// @return whether there was room
    public boolean writeRecord(byte kind, long bits, int length) {
        return append(bits << 8 | kind & 0xff, bits >>> 56, length);
    }

    /// Writes up to 16 bytes, as words that lie where eight divides: for that a new worker has to
    /// interpret and to compile little that it does not for [Words], too. What is behind the bytes
    /// changes as well, and does not count.
    private boolean append(long low, long high, int length) {
        int at = (int) (tail & MASK);
        if (LinkLayout.RING - at < TOUCHED || room(TOUCHED) < TOUCHED) {
            return false;
        }
        int word = ringAt + at >>> 3;
        int shift = (at & 7) << 3;
        int end = (at & 7) + length;
        long last = begun | low << shift;
        longs.put(word, last);
        if (end >= 8) {
            last = high << shift | low >>> 1 >>> 63 - shift;
            longs.put(word + 1, last);
        }
        if (end >= 16) {
            last = high >>> 1 >>> 63 - shift;
            longs.put(word + 2, last);
        }
        begun = firstBytes(last, end);
        tail += length;
        return true;
    }

    /// {@return the bytes of a word that are below a position}
    private static long firstBytes(long word, int position) {
        return word & ~(-1L << (position << 3)); // by the lowest six bits, which say how far
    }

    /// Makes all bytes written so far visible to the reader.
    public void publish() {
        words.release(tailAt, tail);
    }

    /// {@return whether there is any room}
    /// @throws CorruptLinkException if the reader claims what it cannot have read
    public boolean hasRoom() {
        return room(1) > 0;
    }

    /// {@return whether the reader has read all that was written}
    public boolean isDrained() {
        return words.acquire(headAt) == tail;
    }

    /// {@return how many bytes were ever written}
    public long written() {
        return tail;
    }

    private int room(int wanted) {
        if (LinkLayout.RING - (tail - head) < wanted) {
            long claimed = words.acquire(headAt);
            if (claimed < head || claimed > tail) {
                throw new CorruptLinkException("a reader claims to have read " + claimed
                        + " of " + tail + " bytes, after " + head);
            }
            head = claimed;
        }
        return (int) (LinkLayout.RING - (tail - head));
    }

    private void copy(byte[] source, int offset, int at, int count) {
        if (count > 0) {
            memory.put(ringAt + at, source, offset, count);
        }
    }
}
