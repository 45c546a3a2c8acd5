package dev.mitosis.internal.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.mitosis.internal.codec.Kind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is kept of the text of one item, in the layout in which it travels.
class PrintsTest {
    private final ByteArrayOutputStream behind = new ByteArrayOutputStream();
    private final Prints prints = new Prints();
    private final PrintStream out = prints.before(new PrintStream(behind, true, UTF_8));

    /// What a record says.
    private record Told(long index, long cut, String text) {
        static Told of(byte[] record) {
            var bytes = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
            assertEquals(Kind.PRINTED, bytes.get());
            assertEquals(record.length - 5, bytes.getInt());
            return new Told(bytes.getLong(), bytes.getLong(), new String(record, 21, record.length - 21, UTF_8));
        }
    }

    private Told told() {
        return Told.of(prints.take());
    }

    @Test
    void text_is_kept_from_the_beginning_of_an_item_to_its_end() {
        out.println("before");
        prints.begin(7);
        out.print("one ");
        out.write('2');
        out.println(" dr\u00ef\ud83d\ude00");

        assertEquals(new Told(7, 0, "one 2 dr\u00ef\ud83d\ude00\n"), told());
        out.println("after");
        assertNull(prints.take());
        assertEquals("before\none 2 dr\u00ef\ud83d\ude00\nafter\n", behind.toString(UTF_8));
    }

    @Test
    void an_item_that_prints_nothing_has_no_record() {
        prints.begin(1);
        out.print("");
        out.flush();

        assertNull(prints.take());
    }

    @Test
    void the_next_item_begins_with_nothing() {
        prints.begin(1);
        out.print("one");
        prints.begin(2);
        out.print("two");

        assertEquals(new Told(2, 0, "two"), told());
    }

    @Test
    void of_long_text_the_end_is_kept_in_writes_of_any_size() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var all = new StringBuilder();
            prints.begin(seed);
            int total = random.nextInt(4 * Kind.MOST_PRINTED);
            int most = 1 + random.nextInt(random.nextBoolean() ? 5_000 : 3 * Kind.MOST_PRINTED);
            while (all.length() < total) {
                var text = String.valueOf((char) ('a' + random.nextInt(26))).repeat(1 + random.nextInt(most));
                out.print(text);
                all.append(text);
            }

            int cut = Math.max(0, all.length() - Kind.MOST_PRINTED);
            var expected = all.isEmpty() ? null : new Told(seed, cut, all.substring(cut));
            var record = prints.take();
            assertEquals(expected, record == null ? null : Told.of(record), "seed " + seed);
        }
    }

    @Test
    void no_character_is_cut_in_two() {
        prints.begin(0);
        out.print("\u00e9".repeat(Kind.MOST_PRINTED / 2) + "x");
        assertEquals(new Told(0, 2, "\u00e9".repeat(Kind.MOST_PRINTED / 2 - 1) + "x"), told());

        prints.begin(1);
        for (int i = 0; i < Kind.MOST_PRINTED / 4; i++) {
            out.print("\ud83d\ude00");
        }
        out.print("x");
        assertEquals(new Told(1, 4, "\ud83d\ude00".repeat(Kind.MOST_PRINTED / 4 - 1) + "x"), told());
    }
}
