package dev.mitosis.internal.link;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The writing end of a ring: one thread at a time writes bytes and then publishes them.
public final class RingWriter {
    private static final int MASK = LinkLayout.RING - 1;
    private static final int SHORT = 16; // bytes that are copied as two words
    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final ByteBuffer memory; // little-endian, for the numbers within records
    private final Words words;
    private final int tailAt;
    private final int headAt;
    private final int ringAt;

    // owned by whoever writes
    private long tail;
    private long head;

    RingWriter(ByteBuffer memory, int tailAt, int headAt, int ringAt) {
        this.memory = memory.duplicate().order(ByteOrder.LITTLE_ENDIAN);
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
        return count;
    }

    /// Writes a few bytes, and after them any others, which do not count; most outcomes are short,
    /// and a call to copy them takes longer than all else.
    private boolean writeShort(byte[] source, int offset, int length) {
        int at = (int) (tail & MASK);
        if (source.length - offset < SHORT || LinkLayout.RING - at < SHORT || room(SHORT) < SHORT) {
            return false;
        }
        memory.putLong(ringAt + at, (long) WORD.get(source, offset));
        if (length > 8) {
            memory.putLong(ringAt + at + 8, (long) WORD.get(source, offset + 8));
        }
        tail += length;
        return true;
    }

    /// Writes a record of one byte and a number, if there is room, and publishes it. The bytes of a
    /// longer number that do not belong to it are written behind it, and do not count.
    ///
    /// @param kind the byte
    /// @param bits the number
    /// @param length how long the record is
    /// @return whether there was room
    public boolean writeRecord(byte kind, long bits, int length) {
        int at = (int) (tail & MASK);
        if (LinkLayout.RING - at < SHORT || room(SHORT) < SHORT) {
            return false;
        }
        memory.put(ringAt + at, kind);
        memory.putLong(ringAt + at + 1, bits);
        tail += length;
        publish();
        return true;
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
