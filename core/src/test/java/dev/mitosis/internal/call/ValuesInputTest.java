package dev.mitosis.internal.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.internal.Buffers;
import dev.mitosis.internal.codec.ByteSource;
import dev.mitosis.internal.codec.ItemFrames;
import dev.mitosis.internal.codec.ValueReader;
import dev.mitosis.spi.Items;
import java.io.IOException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.RandomAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesInputTest {
    private static final ClassLoader LOADER = ValuesInputTest.class.getClassLoader();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 9, 100, 5_000})
    void what_is_cut_is_read_back_as_it_was_whatever_stands_beside_it(int chunk) throws IOException {
        for (int seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            var items = mixed(random, 3_000);

            assertEquals(items, trip(new Asked(items, -1), chunk, random));
        }
    }

    @Test
    void each_item_is_asked_of_a_list_once() throws IOException {
        var random = new Random(1);
        var list = new Asked(mixed(random, 10_000), -1);

        trip(list, 0, random);

        assertTrue(Arrays.stream(list.asked).allMatch(times -> times == 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 500, 2_999})
    void the_items_before_one_that_cannot_be_had_are_cut(int bad) {
        var items = Collections.<Object>nCopies(3_000, 7);
        var input = new ValuesInput(new Asked(items, bad), new Buffers(), 0);

        for (int cut = 0; cut < bad; ) {
            cut += input.cut(700).count();
            assertTrue(cut <= bad);
        }

        var thrown = assertThrows(IllegalStateException.class, () -> input.cut(700));
        assertEquals("no item " + bad, thrown.getMessage());
        assertNull(input.cut(700));
    }

    @Test
    void numbers_of_one_kind_take_no_byte_each_to_say_what_they_are() {
        var input = new ValuesInput(Collections.nCopies(1_000, 7), new Buffers(), 0);

        assertTrue(input.cut(1_000).bytes() <= 4_020);
    }

    private static List<Object> mixed(Random random, int count) {
        var items = new ArrayList<Object>();
        while (items.size() < count) {
            int run = random.nextBoolean() ? 1 : random.nextInt(2_000);
            int kind = random.nextInt(6);
            for (int i = 0; i < run && items.size() < count; i++) {
                items.add(switch (kind) {
                    case 0 -> random.nextInt();
                    case 1 -> random.nextLong();
                    case 2 -> random.nextDouble();
                    case 3 -> "item " + i;
                    case 4 -> null;
                    default -> (short) i;
                });
            }
        }
        return items;
    }

    /// Cuts all, in pieces of any size, and reads them back; passes over some as for a skip.
    private static List<Object> trip(Asked list, int chunk, Random random) throws IOException {
        var input = new ValuesInput(list, new Buffers(), chunk);
        var back = new ArrayList<Object>();
        for (Input.Cut cut; (cut = input.cut(1 + random.nextInt(2_000))) != null; ) {
            var values = (Items.Values) cut.items();
            var source = ByteSource.of(values.bytes());
            var frames = new ItemFrames.Reader(source, values.frames().most());
            var reader = new ValueReader(source, LOADER, null);
            for (int i = 0; i < cut.count(); i++) {
                frames.beforeItem();
                if (random.nextInt(10) == 0) {
                    reader.skip();
                    back.add(list.items.get(back.size()));
                } else {
                    back.add(reader.read());
                }
            }
            assertFalse(source.hasMore());
        }
        return back;
    }

    /// A list that counts how often each item is asked for.
    private static final class Asked extends AbstractList<Object> implements RandomAccess {
        private final List<Object> items;
        private final int bad;
        private final int[] asked;

        Asked(List<Object> items, int bad) {
            this.items = items;
            this.bad = bad;
            this.asked = new int[items.size()];
        }

        @Override
        public Object get(int index) {
            if (index == bad) {
                throw new IllegalStateException("no item " + bad);
            }
            asked[index]++;
            return items.get(index);
        }

        @Override
        public int size() {
            return items.size();
        }
    }
}
