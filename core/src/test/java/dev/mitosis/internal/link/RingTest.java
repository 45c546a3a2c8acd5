package dev.mitosis.internal.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A ring that is written in records and arrays of all lengths, and read when it is full, when it is empty and between.
class RingTest {
    private static final int BYTES = 20 * LinkLayout.RING;

    @TempDir
    Path directory;

    // what was written and not yet read
    private final ByteArrayOutputStream unread = new ByteArrayOutputStream();

    @Test
    void what_is_read_is_what_was_written_wherever_in_the_ring_and_however_full_it_is() throws Exception {
        for (int most : new int[] {40, LinkLayout.RING - 1, LinkLayout.RING}) {
            try (var memory = LinkMemory.create(directory.resolve("link" + most))) {
                pass(memory.replyWriter(), memory.replyReader(), most);
            }
        }
    }

    /// Lets up to so many bytes be in the ring before they are read; some are left there each time.
    private void pass(RingWriter writer, RingReader reader, int most) {
        var random = new SplittableRandom(most);
        while (writer.written() < BYTES) {
            boolean full = !write(writer, random, most - unread.size());
            if (full || random.nextInt(100_000) == 0) {
                read(reader, random.nextInt(unread.size() + 1));
            }
        }
        read(reader, unread.size());
        assertEquals(0, reader.available());
    }

    /// @return whether all was written
    private boolean write(RingWriter writer, SplittableRandom random, int room) {
        if (random.nextBoolean()) {
            byte kind = (byte) random.nextInt();
            long bits = random.nextLong();
            int length = random.nextBoolean() ? 5 : 9;
            byte[] record = ByteBuffer.allocate(9).order(ByteOrder.LITTLE_ENDIAN).put(kind).putLong(bits).array();
            boolean written = length <= room && writer.writeRecord(kind, bits, length);
            writer.publish();
            unread.write(record, 0, written ? length : 0);
            return written;
        }
        int length = Math.min(room, random.nextInt(random.nextInt(100_000) == 0 ? 100_000 : 40));
        byte[] array = new byte[length + random.nextInt(40)];
        random.nextBytes(array);
        int offset = random.nextInt(array.length - length + 1);
        int count = writer.write(array, offset, length);
        writer.publish();
        unread.write(array, offset, count);
        return count == length && length > 0;
    }

    private void read(RingReader reader, int count) {
        byte[] expected = unread.toByteArray();
        assertEquals(expected.length, reader.available());
        byte[] actual = new byte[expected.length];
        reader.copy(0, actual, 0, actual.length);
        assertArrayEquals(expected, actual);
        reader.release(count);
        unread.reset();
        unread.writeBytes(Arrays.copyOfRange(expected, count, expected.length));
    }
}
