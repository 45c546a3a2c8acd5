package dev.mitosis.internal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.Items;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SomeItemsTest {
    record Line(String article, int count) {}

    record Other(double price) {}

    private static final List<Object> MIXED = List.of("a", 1, "\u20ac", new Line("x", 1), true, new Line("y", 2),
            new Other(1.5), List.of(1, 2), new Other(2.5), 3L);

    private static Items.Values values(List<?> items, int perFrame) {
        var sink = new ByteSink(16);
        var writer = new ValueWriter(sink);
        var frames = new ItemFrames.Writer(sink, perFrame);
        for (var item : items) {
            frames.beforeItem();
            writer.write(item);
        }
        var division = frames.end();
        return new Items.Values(sink.toBytes(), division, 0);
    }

    private static Items.Values inPieces(Items.Values values) {
        byte[] array = values.bytes().toArray();
        return new Items.Values(new Bytes(IntStream.range(0, array.length)
                .mapToObj(i -> new Bytes.Piece(array, i, 1)).toList(), array.length), values.frames(), values.skip());
    }

    /// Writes a text, then numbers in three columns, then a text.
    ///
    /// @param all what is written
    private static Items.Values columns(int perFrame, List<Object> all) {
        var sink = new ByteSink(16);
        var writer = new ValueWriter(sink);
        var heads = new ItemFrames.Writer(sink, perFrame);
        all.add("before");
        heads.beforeItem();
        writer.write("before");
        for (int column = 0; column < 3; column++) {
            if (heads.room() == 0) {
                all.add(-column);
                heads.beforeItem();
                writer.write(-column);
            }
            int length = Math.min(heads.room(), 12);
            var numbers = IntStream.range(0, length).boxed().toList();
            new Column(sink).write(Kind.INT, numbers.iterator(), length);
            heads.wrote(length);
            all.addAll(numbers);
        }
        all.add("behind");
        heads.beforeItem();
        writer.write("behind");
        var division = heads.end();
        return new Items.Values(sink.toBytes(), division, 0);
    }

    /// Reads what is not skipped.
    ///
    /// @param rest whether there may be more items than these
    private static List<Object> read(Items.Values values, int count, boolean rest) throws IOException {
        var source = ByteSource.of(values.bytes());
        var frames = new ItemFrames.Reader(source, values.frames().most());
        var reader = new ValueReader(source, SomeItemsTest.class.getClassLoader(), null);
        var items = new ArrayList<>();
        for (int i = 0; i < values.skip() + count; i++) {
            frames.beforeItem();
            items.add(reader.read());
        }
        frames.skipRest(); // fails if the head of the last frame claims more than there is
        assertTrue(rest || !source.hasMore(), "bytes are left");
        return items.subList(values.skip(), items.size());
    }

    private static void assertSame(List<Object> all, Items.Values values, boolean rest) throws IOException {
        for (int from = 0; from < all.size(); from++) {
            for (int count = 1; from + count <= all.size(); count++) {
                assertEquals(all.subList(from, from + count),
                        read(SomeItems.of(values, from, count), count, rest));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 9, 10, Integer.MAX_VALUE})
    void some_items_are_read_as_they_were_and_nothing_is_behind_them(int perFrame) throws IOException {
        var values = values(MIXED, perFrame);
        assertSame(MIXED, values, false);
        assertSame(MIXED, inPieces(values), false);
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 20, Integer.MAX_VALUE})
    void a_column_is_not_divided(int perFrame) throws IOException {
        var all = new ArrayList<Object>();
        var values = columns(perFrame, all);
        assertSame(all, values, true);
    }

    @Test
    void what_is_to_be_skipped_anyway_is_skipped() throws IOException {
        for (int perFrame : new int[] {1, 3, Integer.MAX_VALUE}) {
            var all = values(MIXED, perFrame);
            var skipping = new Items.Values(all.bytes(), all.frames(), 2);
            assertSame(MIXED.subList(2, MIXED.size()), skipping, false);
        }
    }

    @Test
    void large_items_before_and_behind_are_not_kept() throws IOException {
        byte[] large = new byte[1 << 20];
        for (int perFrame : new int[] {1, 2, Integer.MAX_VALUE}) {
            var some = SomeItems.of(values(List.of(large, "small", large), perFrame), 1, 1);
            assertTrue(some.bytes().size() < 100);
            assertEquals(0, some.skip());
        }
    }

    @Test
    void what_declares_the_class_of_an_item_stays_with_it() throws IOException {
        var all = values(List.of("a", new Line("x", 1), "b", new Line("y", 2)), Integer.MAX_VALUE);
        assertEquals(3, SomeItems.of(all, 3, 1).skip());
        assertEquals(0, SomeItems.of(all, 1, 1).skip());
    }

    @Test
    void an_item_whose_length_is_a_long_is_passed_over() throws IOException {
        var bytes = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) (Kind.BYTES | Kind.HUGE)).putLong(2).put(new byte[2])
                .put(Kind.INT).putInt(7).array();
        var values = new Items.Values(Bytes.of(bytes));
        assertEquals(List.of(7), read(SomeItems.of(values, 1, 1), 1, false));
    }

    @Test
    void no_items_have_no_bytes() throws IOException {
        assertEquals(0, SomeItems.of(values(MIXED, 3), 0, 0).bytes().size());
    }

    @Test
    void more_items_than_there_are_fail() {
        var all = values(MIXED, Integer.MAX_VALUE);
        assertThrows(IOException.class, () -> SomeItems.of(all, 1, MIXED.size()));
    }

    @Test
    void corrupt_bytes_fail() {
        for (var bytes : Stream.of(new byte[] {Kind.BYTES, -1, -1, -1, -1}, new byte[] {99, 0, 0},
                new byte[] {Kind.COLUMN, Kind.NULL, 1, 0, 0, 0}).toList()) {
            var values = new Items.Values(Bytes.of(bytes));
            assertThrows(IOException.class, () -> SomeItems.of(values, 0, 1));
        }
    }
}
