package dev.mitosis.internal.link;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The reading end of a ring: one thread at a time looks at bytes and then releases them.
public final class RingReader {
    private static final int MASK = LinkLayout.RING - 1;

    private final ByteBuffer memory; // little-endian, for the numbers within records
    private final Words words;
    private final int tailAt;
    private final int headAt;
    private final int ringAt;

    // owned by whoever reads
    private long head;
    private long tail;

    RingReader(ByteBuffer memory, int tailAt, int headAt, int ringAt) {
        this.memory = memory.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        words = new Words(memory);
        this.tailAt = tailAt;
        this.headAt = headAt;
        this.ringAt = ringAt;
    }

    /// {@return how many bytes there are to read}
    /// @throws CorruptLinkException if the writer claims more than the ring holds
    public int available() {
        long claimed = words.acquire(tailAt);
        if (claimed < tail || claimed - head > LinkLayout.RING) {
            throw new CorruptLinkException("a writer claims to have written " + claimed
                    + " bytes, after " + tail + ", of which " + head + " were read");
        }
        tail = claimed;
        return (int) (claimed - head);
    }

    /// {@return a byte}
    ///
    /// @param ahead how many bytes to look ahead
    public byte get(int ahead) {
        return memory.get(ringAt + ((int) (head + ahead) & MASK));
    }

    /// {@return how many records of one kind and size follow each other, up to the ring's edge}
    ///
    /// @param ahead how many bytes to look ahead
    /// @param kind the kind, which is their first byte
    /// @param size how long each is
    /// @param bytes how many bytes to look at
    public int countRun(int ahead, byte kind, int size, int bytes) {
        int from = (int) (head + ahead) & MASK;
        int most = Math.min(bytes, LinkLayout.RING - from) / size;
        int count = 0;
        int place = ringAt + from;
        while (count < most && memory.get(place) == kind) {
            count++;
            place += size;
        }
        return count;
    }

    /// {@return a little-endian int}
    ///
    /// @param ahead how many bytes to look ahead
    public int getInt(int ahead) {
        return (int) number(ahead, 4);
    }

    /// {@return a little-endian long}
    ///
    /// @param ahead how many bytes to look ahead
    public long getLong(int ahead) {
        return number(ahead, 8);
    }

    private long number(int ahead, int bytes) {
        int from = (int) (head + ahead) & MASK;
        if (bytes == 8 && LinkLayout.RING - from >= 8) {
            return memory.getLong(ringAt + from);
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (get(ahead + i) & 0xffL) << (8 * i);
        }
        return value;
    }

    /// Copies bytes out.
    ///
    /// @param ahead how many bytes to look ahead
    /// @param into where to
    /// @param offset where in it
    /// @param length how many
    public void copy(int ahead, byte[] into, int offset, int length) {
        int at = (int) ((head + ahead) & MASK);
        int first = Math.min(length, LinkLayout.RING - at);
        copyOut(at, into, offset, first);
        copyOut(0, into, offset + first, length - first);
    }

    private void copyOut(int at, byte[] into, int offset, int count) {
        if (count > 0) {
            memory.get(ringAt + at, into, offset, count);
        }
    }

    /// Gives bytes back to the writer.
    ///
    /// @param count how many
    public void release(int count) {
        head += count;
        words.release(headAt, head);
    }

    /// {@return how many bytes were ever read}
    public long read() {
        return head;
    }
}
