package dev.mitosis.internal.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ValueTest {
    private static void travels(Object value) {
        var copy = Trip.of(value);
        assertEquals(value, copy);
        assertEquals(value.getClass(), copy.getClass());
    }

    @Test
    void boxed_values_travel() {
        assertNull(Trip.of((Object) null));
        for (var value : new Object[] {
            true, false, (byte) -1, Byte.MAX_VALUE, (short) -2, Short.MIN_VALUE, 'x', '\uffff', 0, -1,
            Integer.MIN_VALUE, Long.MAX_VALUE, 1.5f, -0.0f, Float.NaN, Double.MIN_VALUE, -0.0, Double.NaN
        }) {
            travels(value);
        }
        double odd = Double.longBitsToDouble(0x7ff8_0000_dead_beefL);
        assertEquals(Double.doubleToRawLongBits(odd), Double.doubleToRawLongBits(Trip.of(odd)));
    }

    @Test
    void strings_travel_with_every_char() {
        for (int length : new int[] {0, 1, 47, 48, 49, 1_000, 3_000_000}) {
            travels("x".repeat(length));
            travels("\u00ff".repeat(length));
            travels("x".repeat(length) + "\u0100");
            travels("\ud83d\ude00".repeat(length));
        }
        travels("\ud83d");
        travels("a lone \udc00 surrogate " + "x".repeat(100));
        var all = new char[1 << 16];
        for (int i = 0; i < all.length; i++) {
            all[i] = (char) i;
        }
        travels(new String(all));
    }

    @Test
    void primitive_arrays_travel() {
        for (int length : new int[] {0, 1, 1_000, ByteSink.KEEP - 1, ByteSink.KEEP, ByteSink.KEEP + 1, 3_000_001}) {
            var bytes = new byte[length];
            var ints = new int[length];
            var longs = new long[length];
            var floats = new float[length];
            var doubles = new double[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) (i * 31);
                ints[i] = i * 77_777_777;
                longs[i] = i * 7_777_777_777_777L;
                floats[i] = i % 7 == 0 ? Float.NaN : -i / 3f;
                doubles[i] = i % 7 == 0 ? -0.0 : i / 3.0;
            }
            assertArrayEquals(bytes, Trip.of(bytes));
            assertArrayEquals(ints, Trip.of(ints));
            assertArrayEquals(longs, Trip.of(longs));
            assertArrayEquals(floats, Trip.of(floats));
            assertArrayEquals(doubles, Trip.of(doubles));
        }
    }

    @Test
    void other_arrays_travel() {
        assertArrayEquals(new char[] {'a', '\ud800'}, Trip.of(new char[] {'a', '\ud800'}));
        assertArrayEquals(new short[] {1}, Trip.of(new short[] {1}));
        assertArrayEquals(new boolean[] {true}, Trip.of(new boolean[] {true}));
        assertArrayEquals(new String[] {"a", null}, Trip.of(new String[] {"a", null}));
        assertArrayEquals(new int[][] {{1}, null}, Trip.of(new int[][] {{1}, null}));
        assertEquals(Point[].class, Trip.of(new Point[] {new Point(1, 2)}).getClass());
    }

    private record Point(double x, double y) {}

    @Test
    void collections_of_the_jdk_travel() {
        travels(List.of(1, "b"));
        travels(Map.of("a", 1));
        travels(Set.of(1));
        travels(Stream.of(1, null).toList());
        travels(Arrays.asList(1, null));
        travels(new ArrayList<>(List.of(1)));
        travels(new TreeMap<>(Map.of(1, 2)));
        travels(new EnumMap<>(Map.of(TimeUnit.DAYS, 1)));
        travels(EnumSet.of(TimeUnit.DAYS));
        travels(new ConcurrentHashMap<>(Map.of(1, 2)));
        travels(new LinkedHashMap<>(Map.of(1, 2)));
        assertEquals(List.of(1), Trip.of(new ArrayList<>(Collections.unmodifiableList(new ArrayList<>(List.of(1))))));
        assertThrows(UnsupportedOperationException.class, () -> Trip.of(List.of(1)).add(2));
        var fixed = Trip.of(Collections.unmodifiableList(List.of(1)));
        assertThrows(UnsupportedOperationException.class, () -> fixed.add(2));
        assertEquals("{a=1}", Trip.of(new IdentityHashMap<>(Map.of("a", 1))).toString());
        var reversed = Trip.of(new TreeSet<Integer>(Comparator.reverseOrder()));
        reversed.addAll(List.of(1, 2));
        assertEquals(2, reversed.getFirst());
    }

    @Test
    void views_on_collections_travel_as_copies() {
        assertEquals(List.of(2, 3), Trip.of(new ArrayList<>(List.of(1, 2, 3)).subList(1, 3)));
        assertEquals(List.of(2, 3), Trip.of(List.of(1, 2, 3).subList(1, 3)));
        assertThrows(UnsupportedOperationException.class, () -> Trip.of(List.of(1, 2, 3).subList(1, 3)).add(1));
        assertEquals(List.of(2, 3), Trip.of(Arrays.asList(1, 2, 3).subList(1, 3)));
        assertEquals(List.of(3, 2, 1), Trip.of(new ArrayList<>(List.of(1, 2, 3)).reversed()));
        var map = new HashMap<>(Map.of("a", 1));
        assertEquals(map.keySet(), Trip.of(map.keySet()));
        assertEquals(List.of(1), List.copyOf(Trip.of(map.values())));
        assertEquals(map.entrySet(), Trip.of(map.entrySet()));
        assertEquals(map.entrySet().iterator().next(), Trip.of(map.entrySet().iterator().next()));
        assertEquals(Map.entry(1, 2), Trip.of(Map.entry(1, 2)));
        var tree = new TreeMap<Integer, String>(Comparator.reverseOrder());
        tree.putAll(Map.of(1, "a", 2, "b", 3, "c"));
        assertEquals("{3=c}", Trip.of(tree.headMap(2)).toString());
        assertEquals("{1=a, 2=b, 3=c}", Trip.of(tree.descendingMap()).toString());
        assertEquals("[3, 2, 1]", Trip.of(tree.navigableKeySet()).toString());
        assertEquals("[a]", Trip.of(Collections.unmodifiableSet(map.keySet())).toString());
        Collection<Integer> values = Trip.of(tree.headMap(2)).keySet();
        assertEquals(List.of(3), List.copyOf(values));
    }

    @Test
    void what_users_return_daily_travels() {
        travels(Optional.of("x"));
        travels(Optional.empty());
        travels(OptionalInt.of(5));
        travels(OptionalInt.empty());
        travels(OptionalLong.of(5));
        travels(OptionalDouble.of(5));
        travels(Path.of("some/../file"));
        travels(UUID.randomUUID());
        travels(URI.create("http://a/b"));
        travels(new BigDecimal("1.50"));
        travels(BigInteger.TEN.pow(100));
        travels(Instant.now());
        travels(ZonedDateTime.now());
        travels(Duration.ofDays(1));
        travels(Locale.FRANCE);
        travels(new GregorianCalendar());
        travels(BitSet.valueOf(new long[] {5}));
        travels(TimeUnit.DAYS);
        travels(String.class);
        assertSame(int.class, Trip.of(int.class));
        assertEquals("a+", Trip.of(Pattern.compile("a+")).pattern());
        assertEquals(5, Trip.of(new AtomicInteger(5)).get());
        assertEquals(Optional.of(1), Trip.of(new AtomicReference<>(Optional.of(1))).get());
        travels(List.of(Optional.of(Path.of("x")), Map.of(1, Optional.empty())));
    }

    @Test
    void byte_buffers_travel_as_heap_buffers() {
        var direct = ByteBuffer.allocateDirect(8).order(ByteOrder.LITTLE_ENDIAN).putInt(77).limit(6);
        var copy = Trip.of(direct);
        assertEquals(4, copy.position());
        assertEquals(6, copy.limit());
        assertEquals(77, copy.getInt(0));
        assertTrue(Trip.of(ByteBuffer.allocate(1).asReadOnlyBuffer()).isReadOnly());
        assertEquals(ByteOrder.BIG_ENDIAN, Trip.of(ByteBuffer.allocate(1)).order());
    }

    private static final class Single implements Serializable {
        static final Single ONE = new Single();

        private Object readResolve() {
            return ONE;
        }
    }

    private static class Node implements Serializable {
        Node other;
        Object load;
    }

    @Test
    void singletons_cycles_and_identity_within_one_value_are_kept() {
        assertSame(Single.ONE, Trip.of(Single.ONE));
        var node = new Node();
        node.other = new Node();
        node.other.other = node;
        node.load = node.other.load = Optional.of("same");
        var copy = Trip.of(node);
        assertSame(copy, copy.other.other);
        assertSame(copy.load, copy.other.load);
        var point = new Point(1, 2);
        var points = Trip.of(new ArrayList<>(List.of(point, point)));
        assertSame(points.get(0), points.get(1));
    }

    @Test
    void two_items_share_nothing() throws Exception {
        var list = new ArrayList<>(List.of(1));
        var reader = Trip.reader(Trip.write(list, list));
        @SuppressWarnings("unchecked")
        var first = (List<Integer>) reader.read();
        first.add(2);
        assertEquals(List.of(1), reader.read());
    }

    @Test
    void lambdas_in_values_travel() {
        var comparator = (Comparator<Integer> & Serializable) (a, b) -> b - a;
        var set = new TreeSet<>(comparator);
        set.addAll(List.of(1, 2, 3));
        assertEquals(3, Trip.of(set).getFirst());
        assertInstanceOf(Comparator.class, Trip.of(comparator));
    }
}
