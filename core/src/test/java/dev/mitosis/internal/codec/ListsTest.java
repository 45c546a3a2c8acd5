package dev.mitosis.internal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.NotReadableException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ListsTest {
    record Line(String article, int count, double price) {}

    record Order(String customer, List<Line> lines) {}

    record Labels(List<String> labels) implements Serializable {}

    record Checked(int value) {
        Checked {
            if (value > 1) {
                throw new IllegalArgumentException("too large: " + value);
            }
        }
    }

    static Stream<List<?>> lists() {
        return Stream.of(List.of(), List.of(1), List.of("a", "b"), List.of(1L, 2L, 3L), Stream.of().toList(),
                Stream.of(1, 2, 3).toList(), Stream.of(1, null, 3).toList(), Stream.of("a").toList(),
                new ArrayList<>(List.of(1, "mixed", 2.5, 'c', true)), new ArrayList<>(),
                new ArrayList<>(Arrays.asList(null, 1, null)), Arrays.asList("a", null), new LinkedList<>(List.of(1)),
                List.of(new Line("x", 1, 2.5), new Line("\u20ac", 2, 0)), IntStream.range(0, 100_000).boxed().toList(),
                List.of(new Labels(List.of("a", "b"))), List.of(List.of(1), List.of(2)), List.of(Set.of(5)));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void a_list_comes_back_as_the_class_that_it_was(List<?> list) {
        var back = Trip.of(list);

        assertEquals(list, back);
        assertSame(list.getClass(), back.getClass());
        assertEquals(toleratesNull(list), toleratesNull(back));
    }

    private static boolean toleratesNull(List<?> list) {
        try {
            return list.contains(null) || true;
        } catch (NullPointerException e) {
            return false;
        }
    }

    @Test
    void a_record_holds_a_list_of_records() {
        var order = new Order("somebody", List.of(new Line("a", 1, 2), new Line("b", 3, 4)));
        assertEquals(order, Trip.of(order));
        assertEquals(List.of(order, order), Trip.of(List.of(order, order)));
    }

    @Test
    void what_is_in_a_list_twice_and_can_change_is_one_object_on_the_other_side_too() {
        var inner = new ArrayList<>(List.of("a"));
        var back = Trip.of(new ArrayList<>(List.of(inner, inner)));
        assertSame(back.get(0), back.get(1));

        var labels = new Labels(inner);
        var records = Trip.of(new ArrayList<>(List.of(labels, labels)));
        assertSame(records.get(0).labels(), records.get(1).labels());
    }

    @Test
    void a_list_that_holds_itself_comes_back_so() {
        var list = new ArrayList<Object>();
        list.add(list);
        var back = Trip.of(list);
        assertSame(back, back.get(0));
    }

    @Test
    void an_element_that_cannot_be_made_spoils_its_list_and_nothing_after_it() throws IOException {
        var bytes = Trip.write(List.of(new Checked(1), new Checked(1), new Checked(1)), "next");
        byte[] array = Trip.array(bytes);
        for (int i = 0; i < array.length - 4; i++) { // the value of the last but one, 1, becomes 2
            if (array[i] == Kind.RECORD && array[i + 9] == Kind.INT && array[i + 10] == 1) {
                array[i + 10] = 2;
                break;
            }
        }
        var reader = Trip.reader(dev.mitosis.spi.Bytes.of(array));

        var thrown = assertThrows(NotReadableException.class, reader::read);
        assertTrue(thrown.getMessage().contains("too large: 2"), thrown::getMessage);
        assertEquals("next", reader.read());
    }

    @Test
    void the_summary_of_a_list_says_how_long_it_is() throws IOException {
        assertEquals("a List of 3 elements", Trip.reader(Trip.write(List.of(1, 2, 3))).readSummary());
    }

    @Test
    void a_list_claims_no_more_elements_than_it_has_bytes() {
        byte[] list = {Kind.LIST, 7, 0, 0, 0, Kind.BYTE, 0, Kind.INT, -1, -1, -1, 127};
        var thrown = assertThrows(IOException.class, Trip.reader(dev.mitosis.spi.Bytes.of(list))::read);
        assertEquals("corrupt: a list of 2147483647 elements", thrown.getMessage());
        assertFalse(thrown instanceof java.io.EOFException);
    }

    @Test
    void elements_that_a_list_claims_take_no_memory_before_their_bytes_come() {
        byte[] list = {Kind.LIST, -1, -1, -1, 127, Kind.BYTE, 0, Kind.INT, 0, 0, 0, 127, Kind.NULL, Kind.NULL};
        assertThrows(java.io.EOFException.class, Trip.reader(dev.mitosis.spi.Bytes.of(list))::read);
    }

    @Test
    void a_list_in_a_list_is_none_that_this_library_writes_and_is_passed_over() throws IOException {
        byte[] list = {Kind.LIST, 13, 0, 0, 0, Kind.BYTE, 0, Kind.INT, 1, 0, 0, 0, Kind.LIST, 1, 0, 0, 0, 0, Kind.TRUE};
        var reader = Trip.reader(dev.mitosis.spi.Bytes.of(list));
        var thrown = assertThrows(IOException.class, reader::read);
        assertEquals("corrupt: a list in a list", thrown.getMessage());
        assertEquals(true, reader.read());
    }
}
