package dev.mitosis.share;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.testing.LeakCheck;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class SharedArraysTest {
    @Test
    void each_type_of_array_holds_what_is_put_into_it() {
        try (var bytes = SharedBytes.of((byte) -1, (byte) 2); var ints = SharedInts.of(3, -4);
                var longs = SharedLongs.of(5, 1L << 40); var floats = SharedFloats.of(0.5f, -1f);
                var doubles = SharedDoubles.of(0.25, 1e300)) {
            bytes.set(1, (byte) 7);
            ints.set(1, 7);
            longs.set(1, 7);
            floats.set(1, 7);
            doubles.set(1, 7);

            assertArrayEquals(new int[] {-1, 7}, bytes.stream().toArray());
            assertArrayEquals(new int[] {3, 7}, ints.stream().toArray());
            assertArrayEquals(new long[] {5, 7}, longs.stream().toArray());
            assertArrayEquals(new double[] {0.5, 7}, floats.stream().toArray());
            assertArrayEquals(new double[] {0.25, 7}, doubles.stream().toArray());
        }
    }

    @Test
    void a_new_array_is_zero_and_may_be_empty() {
        try (var some = SharedDoubles.create(1_000); var none = SharedLongs.create(0)) {
            assertEquals(0, some.stream().filter(each -> each != 0).count());
            assertEquals(0, none.length());
            assertEquals(0, none.stream().count());
        }
    }

    @Test
    void copies_go_where_they_are_told() {
        try (var array = SharedInts.create(10)) {
            array.copyFrom(new int[] {1, 2, 3}, 7);
            var back = new int[4];
            array.copyTo(6, back);

            assertArrayEquals(new int[] {0, 1, 2, 3}, back);
            assertThrows(IndexOutOfBoundsException.class,
                    () -> array.copyFrom(new int[] {1, 2, 3}, 8));
            assertThrows(IndexOutOfBoundsException.class, () -> array.copyTo(-1, back));
        }
    }

    @Test
    void an_atomic_step_says_what_was_there() {
        try (var ints = SharedInts.of(40); var longs = SharedLongs.of(40)) {
            assertEquals(40, ints.getAndAdd(0, 2));
            assertEquals(40, longs.getAndAdd(0, 2));
            assertTrue(ints.compareAndSet(0, 42, 1));
            assertFalse(longs.compareAndSet(0, 41, 1));
            assertEquals(1, ints.get(0));
            assertEquals(42, longs.get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 3, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 61})
    void an_index_outside_is_refused_by_each_access(long index) {
        try (var array = SharedLongs.of(1, 2, 3)) {
            var thrown = assertThrows(IndexOutOfBoundsException.class, () -> array.get(index));
            assertEquals("Index " + index + " out of bounds for length 3", thrown.getMessage());
            assertThrows(IndexOutOfBoundsException.class, () -> array.set(index, 1));
            assertThrows(IndexOutOfBoundsException.class, () -> array.getAndAdd(index, 1));
            assertThrows(IndexOutOfBoundsException.class, () -> array.compareAndSet(index, 1, 1));
        }
    }

    @Test
    void a_slice_is_a_view_of_the_same_elements() {
        try (var array = SharedLongs.of(0, 1, 2, 3, 4, 5)) {
            var part = array.slice(2, 5).slice(1, 3);
            part.set(0, 33);

            assertEquals(33, array.get(3));
            assertEquals(2, part.length());
            assertThrows(IndexOutOfBoundsException.class, () -> part.get(2));
            assertThrows(IndexOutOfBoundsException.class, () -> array.slice(4, 3));
            part.close();
            assertEquals(4, part.get(1), "to close a part ends nothing");
        }
    }

    @Test
    void nothing_is_written_through_a_read_only_view() {
        try (var array = SharedInts.of(1)) {
            var view = array.readOnly();
            array.set(0, 2);

            assertEquals(2, view.get(0));
            assertTrue(view.isReadOnly());
            assertTrue(view.slice(0, 1).isReadOnly());
            assertThrows(RuntimeException.class, () -> view.set(0, 3));
            assertThrows(RuntimeException.class, () -> view.getAndAdd(0, 3));
            assertThrows(RuntimeException.class, () -> view.copyFrom(new int[] {3}, 0));
            assertEquals(2, array.get(0));
        }
    }

    @Test
    void a_length_that_no_array_has_is_refused_before_anything_is_made() {
        for (long length : new long[] {-1, Long.MIN_VALUE, 1L << 61}) {
            var thrown = assertThrows(
                    IllegalArgumentException.class, () -> SharedLongs.create(length));
            assertEquals("no array has a length of " + length, thrown.getMessage());
        }
    }

    @Test
    void a_closed_array_is_used_no_more() {
        var array = SharedLongs.of(1);
        var part = array.slice(0, 1);
        array.close();
        array.close();

        assertThrows(IllegalStateException.class, () -> array.get(0));
        assertThrows(IllegalStateException.class, () -> part.get(0));
    }

    @Test
    void a_stream_is_read_by_several_threads() {
        try (var array = SharedLongs.of(LongStream.range(0, 100_000).toArray())) {
            assertEquals(4_999_950_000L, array.stream().parallel().sum());
        }
    }
}
