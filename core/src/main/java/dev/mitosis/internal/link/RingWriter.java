package dev.mitosis.internal.link;

import java.nio.ByteBuffer;

/// The writing end of a ring: one thread at a time writes bytes and then publishes them.
public final class RingWriter {
    private static final int MASK = LinkLayout.RING - 1;

    private final ByteBuffer memory;
    private final int tailAt;
    private final int headAt;
    private final int ringAt;

    // owned by whoever writes
    private long tail;
    private long head;

    RingWriter(ByteBuffer memory, int tailAt, int headAt, int ringAt) {
        this.memory = memory;
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
        int room = room(length);
        int count = Math.min(room, length);
        int at = (int) (tail & MASK);
        int first = Math.min(count, LinkLayout.RING - at);
        copy(source, offset, at, first);
        copy(source, offset + first, 0, count - first);
        tail += count;
        return count;
    }

    /// Makes all bytes written so far visible to the reader.
    public void publish() {
        LinkMemory.LONG.setRelease(memory, tailAt, tail);
    }

    /// {@return whether there is any room}
    /// @throws CorruptLinkException if the reader claims what it cannot have read
    public boolean hasRoom() {
        return room(1) > 0;
    }

    /// {@return whether the reader has read all that was written}
    public boolean isDrained() {
        return (long) LinkMemory.LONG.getAcquire(memory, headAt) == tail;
    }

    /// {@return how many bytes were ever written}
    public long written() {
        return tail;
    }

    private int room(int wanted) {
        if (LinkLayout.RING - (tail - head) < wanted) {
            long claimed = (long) LinkMemory.LONG.getAcquire(memory, headAt);
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
