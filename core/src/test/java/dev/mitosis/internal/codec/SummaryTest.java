package dev.mitosis.internal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.spi.Bytes;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What messages say of an item: what its user called it, and not what travelled in its place.
class SummaryTest {
    private record Point(int x, List<String> names) {}

    private static String summary(Object value) throws IOException {
        return Trip.reader(Trip.write(value)).readSummary();
    }

    @Test
    void collections_without_a_public_class_are_shown_by_their_interface_and_size() throws IOException {
        assertEquals("a List of 0 elements", summary(List.of()));
        assertEquals("a List of 1 element", summary(List.of(1)));
        assertEquals("a List of 300 elements", summary(List.of(Collections.nCopies(300, "x").toArray())));
        assertEquals("a List of 2 elements", summary(Arrays.asList("a", null).stream().toList()));
        assertEquals("a Set of 2 elements", summary(Set.of("a", "b")));
        assertEquals("a Map of 1 entry", summary(Map.of("a", 1)));
        assertEquals("a Map of 3 entries", summary(Map.of("a", 1, "b", 2, "c", 3)));
        assertEquals("SummaryTest$Point[1, a List of 2 elements]", summary(new Point(1, List.of("a", "b"))));
    }

    @Test
    void other_objects_are_shown_by_their_class() throws IOException {
        assertEquals("an ArrayList of 1 element", summary(new ArrayList<>(List.of(1))));
        assertEquals("an object of class java.util.EnumSet", summary(EnumSet.of(TimeUnit.DAYS)));
    }

    @Test
    void what_travels_in_place_of_another_is_not_shown() throws IOException {
        assertEquals("an Optional", summary(Optional.of(1)));
        assertEquals("an OptionalInt", summary(OptionalInt.empty()));
        assertEquals("a Path", summary(Path.of("a")));
        assertEquals("a ByteBuffer", summary(ByteBuffer.allocate(3)));
        assertEquals("a collection", summary(new TreeMap<>(Map.of("a", 1)).keySet()));
        assertEquals("a lambda", summary((Supplier<Object> & Serializable) () -> 1));
        assertEquals("an object of java.time", summary(LocalDate.EPOCH));
    }

    @Test
    void a_stream_that_breaks_off_is_still_an_object_of_some_kind() throws IOException {
        var whole = Trip.array(encoded(List.of("a")));
        for (int length = 0; length < whole.length; length++) {
            var text = Summary.of(Kind.JAVA, Arrays.copyOf(whole, length), length);

            assertTrue(Set.of("an object", "a collection", "a List of 1 element").contains(text), text);
        }
    }

    private static Bytes encoded(Object value) {
        try {
            return JavaWriter.encode(value);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
