package dev.mitosis.internal.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mitosis.internal.codec.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A list of results is an `ArrayList` to whoever uses it.
class ResultListTest {
    private static ResultList<Object> of(List<?> values) {
        var list = new ResultList<>(values.size());
        for (var value : values) {
            switch (value) {
                case Integer n -> list.addNumber(Kind.INT, n);
                case Long n -> list.addNumber(Kind.LONG, n);
                case Double n -> list.addNumber(Kind.DOUBLE, Double.doubleToRawLongBits(n));
                case null, default -> list.addValue(value);
            }
        }
        return list;
    }

    private static List<Object> mixed(int size, int seed) {
        var random = new Random(seed);
        var values = new ArrayList<>();
        int run = 0;
        int kind = 0;
        for (int i = 0; i < size; i++) {
            if (run-- == 0) {
                run = random.nextInt(1, 3_000);
                kind = random.nextInt(5);
            }
            values.add(switch (kind) {
                case 0 -> i;
                case 1 -> (long) i << 40;
                case 2 -> i % 7 == 0 ? Double.NaN : i * -0.5;
                case 3 -> "text " + i;
                default -> null;
            });
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024, 1025, 20_000})
    void holds_what_was_added_whatever_its_kind(int size) {
        for (int seed = 0; seed < 20; seed++) {
            var values = mixed(size, seed);
            var list = of(values);

            assertEquals(values, list);
            assertEquals(list, values);
            assertEquals(values.hashCode(), list.hashCode());
            assertEquals(values, new ArrayList<>(list));
            assertEquals(values, list.stream().toList(), "as a stream");
        }
    }

    @Test
    void may_be_changed_like_any_other() throws Exception {
        var changes = List.<Consumer<List<Object>>>of(
                list -> list.set(1_500, "set"), list -> list.add("last"), list -> list.add(0, -1L),
                list -> list.remove(7), list -> list.addAll(List.of(1, "two", 3.0)),
                list -> list.addAll(5, List.of("a", 6)), list -> list.subList(3, 1_700).clear(),
                list -> list.removeIf(value -> value instanceof Long), List::clear,
                list -> list.sort(Comparator.comparing(String::valueOf)), list -> list.replaceAll(String::valueOf));
        for (int first = 0; first < changes.size(); first++) {
            for (int then = 0; then < changes.size(); then++) {
                if (changes.get(first) == changes.get(8)) {
                    continue; // nothing is left to change
                }
                var expected = new ArrayList<>(mixed(4_000, first));
                var list = of(expected);
                for (var change : List.of(changes.get(first), changes.get(then))) {
                    if (expected.size() > 1_700 || change == changes.get(8)) {
                        change.accept(expected);
                        change.accept(list);
                    }
                }
                assertEquals(expected, list, first + " then " + then);
            }
        }
    }

    @Test
    void an_iterator_notices_a_change() {
        var list = of(List.of(1, 2, 3));
        var iterator = list.iterator();
        iterator.next();

        list.add(4);

        assertThrows(ConcurrentModificationException.class, iterator::next);
    }

    @Test
    void a_place_that_is_not_there_is_refused() {
        var list = of(List.of(1, 2, 3));

        assertThrows(IndexOutOfBoundsException.class, () -> list.get(3));
        assertThrows(IndexOutOfBoundsException.class, () -> list.get(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> list.set(3, 1));
    }

    @Test
    void travels_as_an_array_list() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(of(List.of(1, 2L, "three")));
        }

        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertEquals(List.of(1, 2L, "three"), assertInstanceOf(ArrayList.class, in.readObject()));
        }
    }
}
