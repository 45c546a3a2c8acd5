package dev.mitosis.internal.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteSinkTest {
    @Test
    void a_sink_holds_what_was_put_into_it_whatever_the_order() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            new Model(seed).run(100, 2 * ByteSink.KEEP);
        }
    }

    @Test
    void f26_pieces_of_many_megabytes_are_no_exception() throws IOException {
        for (int seed = 0; seed < 3; seed++) {
            new Model(seed).run(40, 3 << 20);
        }
    }

    @Test
    void a_number_is_patched_where_a_buffer_became_full_between_mark_and_number() throws IOException {
        var model = new Model(1);
        for (int i = 0; i < 6; i++) {
            model.bytes((4 << 20) - 5);
            model.mark();
            model.patch(i);
        }
        model.compare();
    }

    @Test
    void large_arrays_are_kept_and_small_ones_are_copied() {
        var large = new byte[ByteSink.KEEP];
        var small = new byte[ByteSink.KEEP - 1];
        var sink = new ByteSink(16);
        sink.putArray(small);
        sink.putArray(large);
        var pieces = sink.toBytes().pieces();
        assertEquals(2, pieces.size());
        assertFalse(pieces.getFirst().array() == small);
        assertSame(large, pieces.getLast().array());
    }

    @Test
    void a_cleared_sink_is_empty_and_simple() {
        var sink = new ByteSink(16);
        sink.putArray(new byte[ByteSink.KEEP]);
        assertFalse(sink.isSimple());
        sink.clear();
        assertEquals(0, sink.size());
        assertTrue(sink.isSimple());
        sink.putByte(7);
        assertEquals(1, sink.toBytes().size());
    }

    @Test
    void a_large_array_may_change_if_it_was_to_be_copied() {
        byte[] large = new byte[ByteSink.KEEP];
        large[7] = 1;
        var sink = new ByteSink(16).copyArrays();
        sink.putArray(large);
        sink.putArray(large, 7, ByteSink.KEEP - 7);
        large[7] = 2;

        byte[] bytes = sink.toBytes().toArray();

        assertEquals(1, bytes[7]);
        assertEquals(1, bytes[ByteSink.KEEP]);
    }

    @Test
    void many_small_pieces_between_kept_arrays_do_not_share_one_endless_buffer() {
        var sink = new ByteSink(16);
        var filler = new byte[ByteSink.KEEP - 1];
        var kept = new byte[ByteSink.KEEP];
        for (int i = 0; i < 5_000; i++) {
            sink.putArray(filler);
            sink.putArray(kept);
        }
        assertTrue(sink.buffer().length < 64 << 20, sink.buffer().length + " bytes");
    }

    /// The same operations on a sink and on a plain array.
    private static final class Model {
        private record Place(ByteSink.Mark mark, int size, boolean patchable) {}

        private final Random random;
        private final ByteSink sink = new ByteSink(1);
        private final Deque<Place> places = new ArrayDeque<>();
        private ByteArrayOutputStream expected = new ByteArrayOutputStream();

        Model(int seed) {
            random = new Random(seed);
        }

        void run(int operations, int longest) throws IOException {
            for (int i = 0; i < operations; i++) {
                switch (random.nextInt(9)) {
                    case 0 -> number();
                    case 1 -> bytes(random.nextInt(100));
                    case 2 -> bytes(random.nextInt(longest));
                    case 3, 4 -> array(random.nextInt(longest));
                    case 5, 6 -> mark();
                    case 7 -> patch(random.nextInt());
                    default -> truncate();
                }
                assertEquals(expected.size(), sink.size());
            }
            compare();
        }

        private void number() {
            long value = random.nextLong();
            sink.putRecord((byte) value, value);
            sink.putRecord((byte) value, (int) value);
            put(ByteBuffer.allocate(14).order(ByteOrder.LITTLE_ENDIAN)
                    .put((byte) value).putLong(value).put((byte) value).putInt((int) value));
        }

        void bytes(int length) {
            var bytes = random(length);
            sink.putBytes(bytes, 0, length);
            expected.write(bytes, 0, length);
        }

        private void array(int length) {
            var bytes = random(length);
            sink.putArray(bytes);
            expected.write(bytes, 0, length);
        }

        private byte[] random(int length) {
            var bytes = new byte[length];
            byte first = (byte) random.nextInt();
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) (first + i * 7 + (i >> 8));
            }
            return bytes;
        }

        void mark() {
            boolean patchable = random.nextBoolean() || places.isEmpty();
            places.push(new Place(sink.mark(), expected.size(), patchable));
            if (patchable) {
                sink.putInt(0);
                put(ByteBuffer.allocate(4));
            }
        }

        void patch(int value) {
            var place = places.stream().filter(Place::patchable).findFirst();
            if (place.isPresent()) {
                sink.patchInt(place.get().mark(), value);
                var all = expected.toByteArray();
                ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putInt(place.get().size(), value);
                reset(all, all.length);
            }
        }

        private void truncate() {
            int forget = Math.min(places.size(), 1 + random.nextInt(3));
            Place place = null;
            for (int i = 0; i < forget; i++) {
                place = places.pop();
            }
            if (place != null) {
                sink.truncate(place.mark());
                reset(expected.toByteArray(), place.size());
            }
        }

        private void put(ByteBuffer buffer) {
            expected.write(buffer.array(), 0, buffer.capacity());
        }

        private void reset(byte[] all, int length) {
            expected = new ByteArrayOutputStream();
            expected.write(all, 0, length);
        }

        void compare() throws IOException {
            var bytes = sink.toBytes();
            assertEquals(expected.size(), bytes.size());
            assertTrue(bytes.pieces().stream().allMatch(piece -> piece.length() > 0));
            assertArrayEquals(expected.toByteArray(), Trip.array(bytes));
        }
    }
}
