package dev.mitosis.internal.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mitosis.spi.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteSourceTest {
    @Test
    void values_are_read_whatever_the_pieces_are() throws IOException {
        for (int seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var sink = new ByteSink(16);
            var bytes = new byte[random.nextInt(2_000)];
            random.nextBytes(bytes);
            sink.putInt(seed);
            sink.putLong(random.nextLong());
            sink.putBytes(bytes, 0, bytes.length);
            sink.putByte(9);
            var whole = Trip.array(sink.toBytes());
            check(whole, bytes, ByteSource.of(pieces(whole, random)), seed);
        }
    }

    private static void check(byte[] whole, byte[] bytes, ByteSource source, int seed) throws IOException {
        assertEquals(seed, source.readInt());
        source.skip(8);
        assertEquals(12, source.position());
        var read = seed % 2 == 0 ? source.readArray(bytes.length) : Trip.array(source.take(bytes.length));
        assertArrayEquals(bytes, read);
        assertEquals(9, source.peek());
        assertEquals(9, source.readByte());
        assertEquals(whole.length, source.position());
        assertFalse(source.hasMore());
        assertThrows(EOFException.class, source::readByte);
    }

    private static Bytes pieces(byte[] whole, Random random) {
        var pieces = new ArrayList<Bytes.Piece>();
        for (int at = 0; at < whole.length; ) {
            int length = Math.min(whole.length - at, 1 + random.nextInt(1 + random.nextInt(300)));
            var padded = new byte[length + 7];
            System.arraycopy(whole, at, padded, 3, length);
            pieces.add(new Bytes.Piece(padded, 3, length));
            at += length;
        }
        return new Bytes(pieces, whole.length);
    }

    @Test
    void values_of_all_kinds_are_read_whatever_the_pieces_are() throws IOException {
        record Point(String name, int x, double y, Object other) {}
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var point = new Point("\u00fc" + seed, seed, seed / 3.0, new Point("\u20ac", 1, 2, null));
            var whole = Trip.array(Trip.write(seed, point, 5L, "text", point));
            var reader = Trip.reader(pieces(whole, random));
            assertEquals(seed, reader.read());
            assertEquals(point, reader.read());
            assertEquals(5L, reader.readNumber());
            reader.skip();
            assertEquals(point, reader.read());
        }
    }

    @Test
    void an_absurd_length_fails_for_want_of_bytes() {
        var source = ByteSource.of(Bytes.of(new byte[100]));
        assertThrows(EOFException.class, () -> source.readArray(Integer.MAX_VALUE - 8));
        assertThrows(EOFException.class, () -> ByteSource.of(Bytes.of(new byte[9])).take(Long.MAX_VALUE / 2));
    }

    @Test
    void the_position_counts_what_an_override_read_beyond_the_window() throws IOException {
        var source = new ByteSource() {
            private boolean more = true;

            @Override
            protected boolean refill() {
                if (more) {
                    window(new byte[10], 2, 5);
                }
                return more;
            }

            @Override
            protected void readBeyond(byte[] into, int offset, int length) {
                more = false;
            }
        };
        source.readByte();
        source.readFully(new byte[100], 0, 100);
        assertEquals(101, source.position());
    }
}
