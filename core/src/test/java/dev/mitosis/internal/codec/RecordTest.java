package dev.mitosis.internal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Args;
import dev.mitosis.LongRange;
import dev.mitosis.NotReadableException;
import dev.mitosis.NotShippableException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTest {
    private record Point(String name, int x, double y) {}

    private record All(boolean a, byte b, short c, char d, int e, long f, float g, double h, String i, Object j) {}

    private record Empty() {}

    private record Pair<A, B>(A first, B second) {}

    @Test
    void a_record_that_is_not_serializable_travels() {
        var point = new Point("x", 1, Double.NaN);
        assertEquals(point, Trip.of(point));
        var all = new All(true, (byte) -1, (short) -2, '\uffff', -4, -5L, -0f, 8.5, null, new Empty());
        assertEquals(all, Trip.of(all));
        assertEquals(new Empty(), Trip.of(new Empty()));
        assertEquals(Args.of(1, "b"), Trip.of(Args.of(1, "b")));
        assertEquals(LongRange.of(1, 5), Trip.of(LongRange.of(1, 5)));
    }

    @Test
    void records_in_records_and_in_collections_travel() {
        var point = new Point("x", 1, 2);
        var nest = new Pair<>(new Pair<>(point, List.of(point, Optional.of(point))), Map.of("k", new Pair<>(1, null)));
        assertEquals(nest, Trip.of(nest));
        assertEquals(List.of(nest), Trip.of(List.of(nest)));
    }

    @Test
    void streams_that_are_joined_number_their_classes_each_for_itself() throws Exception {
        var sink = new ByteSink(16);
        for (var value : List.of(new Point("a", 1, 2), new Empty(), new Pair<>(1, 2))) {
            sink.putByte(Kind.SHAPE);
            sink.putInt(0);
            new ValueWriter(sink).write(value);
        }
        var reader = Trip.reader(sink.toBytes());
        assertEquals(new Point("a", 1, 2), reader.read());
        reader.skip();
        assertEquals(new Pair<>(1, 2), reader.read());
    }

    @Test
    void many_classes_in_one_stream_do_not_mix() throws Exception {
        var values = new Object[] {
            new Point("a", 1, 2), new Pair<>(1, new Pair<>(new Empty(), 2)), new Point("b", 1, 2), new Empty(),
            new Pair<>(new Point("c", 3, 4), new All(true, (byte) 1, (short) 1, 'c', 1, 1, 1, 1, "", null)), 5
        };
        var reader = Trip.reader(Trip.write(values));
        for (var value : values) {
            assertEquals(value, reader.read());
        }
    }

    @Test
    void the_first_records_of_a_class_and_later_ones_are_written_alike() throws Exception {
        record Often(int a, String b, Object c, short d) {}
        var sink = new ByteSink(16);
        var writer = new ValueWriter(sink);
        for (int i = 0; i < 1_000; i++) {
            writer.write(new Often(i, "" + i, new Often(0, null, i, (short) i), (short) -i));
        }
        var reader = Trip.reader(sink.toBytes());
        for (int i = 0; i < 1_000; i++) {
            assertEquals(new Often(i, "" + i, new Often(0, null, i, (short) i), (short) -i), reader.read());
        }
    }

    @Test
    void values_can_be_passed_over_although_they_bring_shapes() throws Exception {
        var inner = new Pair<>(1, new Point("a", 1, 2));
        var reader = Trip.reader(Trip.write(inner, new Point("b", 1, 2), "end"));
        reader.skip();
        assertEquals(Kind.RECORD, reader.nextKind());
        assertEquals(new Point("b", 1, 2), reader.read());
        assertEquals("end", reader.read());
    }

    @Test
    void a_value_that_fails_takes_its_shapes_back() throws Exception {
        var sink = new ByteSink(16);
        var writer = new ValueWriter(sink);
        writer.write(new Empty());
        long size = sink.size();
        assertThrows(NotShippableException.class, () -> writer.write(new Pair<>(new Point("a", 1, 2), new Object())));
        assertEquals(size, sink.size());
        writer.write(new Point("b", 1, 2));
        writer.write(new Pair<>(1, new Empty()));
        var reader = Trip.reader(sink.toBytes());
        assertEquals(new Empty(), reader.read());
        assertEquals(new Point("b", 1, 2), reader.read());
        assertEquals(new Pair<>(1, new Empty()), reader.read());
    }

    private record Graph(List<Point> all, Point start) {}

    private record Tree(Object left, Object right) {}

    @Test
    void what_a_record_refers_to_twice_is_one_object_on_the_other_side() {
        for (var part : new Object[] {
            new int[] {1}, new byte[] {1}, new ArrayList<>(List.of(1)), List.of(1, 2), new Point("a", 1, 2),
            new HashMap<>(Map.of(1, 2)), new Object[] {1}, new Pair<>(1, new int[] {1})}) {
            var back = Trip.of(new Pair<>(part, part));
            assertSame(back.first(), back.second(), part.getClass().getName());
            var deeper = Trip.of(new Pair<>(new Pair<>(1, part), new Pair<>(part, 2)));
            assertSame(deeper.first().second(), deeper.second().first(), part.getClass().getName());
        }
        var points = List.of(new Point("a", 1, 2), new Point("b", 1, 2));
        var graph = Trip.of(new Graph(points, points.get(1)));
        assertSame(graph.all().get(1), graph.start());
        var backwards = Trip.of(new Pair<>(points.get(0), points));
        assertSame(backwards.first(), backwards.second().get(0));
        var lists = Trip.of(new Pair<>(points, List.of(points.get(0), new Point("c", 1, 2))));
        assertSame(lists.first().get(0), lists.second().get(0));
    }

    private static final class Member implements Serializable {
        private static final long serialVersionUID = 1;

        private Team team;
    }

    private record Team(List<Member> members, Map<String, int[]> a, Map<String, int[]> b) {}

    @Test
    void whoever_refers_back_to_a_record_that_travels_whole_has_all_of_it() {
        var member = new Member();
        var map = new HashMap<>(Map.of("x", new int[] {1}));
        var team = new Team(new ArrayList<>(List.of(member)), map, map);
        member.team = team;

        var back = Trip.of(team);

        assertSame(back.a(), back.b());
        assertEquals(1, back.members().get(0).team.a().get("x")[0]);
    }

    @Test
    void what_a_record_refers_to_again_and_again_is_written_once() {
        Object tree = new Tree("left", "right");
        for (int i = 0; i < 60; i++) {
            tree = new Tree(tree, tree);
        }
        assertTrue(Trip.write(tree).size() < 100_000);
    }

    @Test
    void values_that_only_look_shared_do_not_make_a_record_travel_whole() throws Exception {
        var now = Instant.now();
        var parts = new Pair<>(new HashMap<>(Map.of(1, 2)), new Pair<>(new double[] {1}, new Object[] {2}));
        assertTrue(Trip.reader(Trip.write(parts)).readSummary().startsWith("RecordTest$Pair["));
        long size = Trip.write(new Pair<>(now, 1)).size();
        assertTrue(Trip.write(new Pair<>(now, now)).size() < 2 * size);
        var empty = new Pair<>(List.of(), new Pair<>(List.of(), new Pair<>("x", "x")));
        assertEquals(empty, Trip.of(empty));
        assertTrue(Trip.write(empty).size() < 300);
        var apart = new Pair<>(List.of(new Point("a", 1, 2), "x"), List.of(new Point("a", 1, 2), "x"));
        var back = Trip.of(apart);
        assertEquals(apart, back);
        assertNotSame(back.first().get(0), back.second().get(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4, 5, 8, 12})
    void a_record_that_is_shorter_than_its_components_is_passed_over(int length) throws Exception {
        byte[] array = Trip.array(Trip.write(new Pair<>(1, 2), new Pair<>(3, 4), "end"));
        int second = Trip.array(Trip.write(new Pair<>(1, 2))).length;
        var sink = new ByteSink(16);
        sink.putBytes(array, 0, second + 1);
        sink.putInt(length);
        sink.putBytes(array, second + 5, length);
        sink.putByte(Kind.TRUE);
        var reader = Trip.reader(sink.toBytes());
        assertEquals(new Pair<>(1, 2), reader.read());
        assertThrows(IOException.class, reader::read);
        assertEquals(true, reader.read());
    }

    private record Own(int value) implements Serializable {
        private static final Own ONE = new Own(1);

        private Object readResolve() {
            return ONE;
        }
    }

    private record Replaced(int value) implements Serializable {
        private Object writeReplace() {
            return "replaced";
        }
    }

    @Test
    void a_record_with_a_serial_form_of_its_own_keeps_it() throws Exception {
        assertSame(Own.ONE, Trip.of(Own.ONE));
        assertEquals("replaced", Trip.reader(Trip.write(new Replaced(1))).read());
    }

    private record Positive(int value) {
        private static boolean strict;

        Positive {
            if (strict && value < 0) {
                throw new IllegalArgumentException(value + " is negative");
            }
        }
    }

    @Test
    void a_constructor_that_refuses_costs_only_its_own_value() throws Exception {
        var reader = Trip.reader(Trip.write(new Pair<>(new Positive(-1), "x".repeat(100)), new Positive(2)));
        Positive.strict = true;
        try {
            var e = assertThrows(NotReadableException.class, reader::read);
            assertEquals("a record of class " + Positive.class.getName() + " could not be read: "
                    + "java.lang.IllegalArgumentException: -1 is negative", e.getMessage());
            assertEquals(IllegalArgumentException.class, e.getCause().getClass());
            assertEquals(new Positive(2), reader.read());
        } finally {
            Positive.strict = false;
        }
    }

    private record Failing(int value) {
        @Override
        public int value() {
            throw new IllegalStateException("no value yet");
        }
    }

    @Test
    void an_accessor_that_fails_is_named_as_the_reason() {
        var e = assertThrows(NotShippableException.class, () -> Trip.of(new Failing(1)));
        assertEquals("a value of type " + Failing.class.getName() + " cannot travel: "
                + "java.lang.IllegalStateException: no value yet was thrown while it was serialized", e.getMessage());
        assertThrows(NotShippableException.class, () -> Trip.of(List.of(new Failing(1))));
    }

    @Test
    void a_class_that_differs_on_both_sides_is_said_to(@TempDir Path folder) throws Exception {
        var here = Compiled.classes(folder.resolve("1"), Map.of("P.java", "public record P(int x, long[] y) {}"));
        var there = Compiled.classes(folder.resolve("2"), Map.of("P.java", "public record P(int x, String[][] y) {}"));
        var value = here.loadClass("P").getConstructors()[0].newInstance(1, new long[0]);
        var reader = Trip.reader(Trip.write(value, 5), there);
        var e = assertThrows(NotReadableException.class, reader::read);
        assertEquals("a record of class P could not be read: the class differs on both sides: there it is "
                + "(int x, long[] y), here (int x, java.lang.String[][] y)", e.getMessage());
        assertEquals(5, reader.read());
        var list = Trip.reader(Trip.write(List.of(value)), there);
        var inList = assertThrows(NotReadableException.class, list::read).getMessage();
        assertEquals("a value could not be read: class P: the class differs on both sides: there it is "
                + "(int x, long[] y), here (int x, java.lang.String[][] y)", inList);
    }

    @Test
    void f5_a_class_that_is_missing_is_named_with_the_search(@TempDir Path folder) throws Exception {
        var here = Compiled.classes(folder, Map.of("P.java", "public record P(int x) {}"));
        var value = here.loadClass("P").getConstructors()[0].newInstance(1);
        var loader = ClassLoader.getPlatformClassLoader();
        var reader = Trip.reader(Trip.write(value, value, 5), loader);
        var e = assertThrows(NotReadableException.class, reader::read);
        assertEquals("a record of class P could not be read: class P was not found; asked were the pool's class loader "
                + "(platform), the thread's context class loader (app), the platform class loader (platform)",
                e.getMessage());
        assertThrows(NotReadableException.class, reader::read);
        assertEquals(5, reader.read());
    }

    @Test
    void f4_a_record_in_a_closed_package_is_refused_with_the_line_to_write(@TempDir Path folder) throws Exception {
        var loader = Compiled.module(folder, "com.acme", Map.of(
                "module-info.java", "module com.acme { exports com.acme.open; exports com.acme.inner to java.sql; }",
                "com/acme/open/Open.java", "package com.acme.open; public record Open(int x) { "
                        + "public record In(Open o) {} record Hidden(int x) {} "
                        + "public static Object hidden() { return new Hidden(1); } }",
                "com/acme/inner/Shut.java", "package com.acme.inner; public record Shut(int x) { }",
                "com/acme/inner/Ser.java", "package com.acme.inner; record Ser(int x) implements java.io.Serializable {"
                        + " public static Object one() { return new Ser(1); } }"));
        var open = loader.loadClass("com.acme.open.Open").getConstructors()[0].newInstance(1);
        var reader = Trip.reader(Trip.write(open, List.of(open)), loader);
        assertEquals(open, reader.read());
        assertEquals(List.of(open), reader.read());
        var hidden = open.getClass().getMethod("hidden").invoke(null);
        var e = assertThrows(NotShippableException.class, () -> Trip.write(new Pair<>(1, List.of(hidden))));
        assertEquals("a value of type " + Pair.class.getName() + " cannot travel: com.acme.open.Open$Hidden at "
                + "second[0] is not serializable. Cure: start with `--add-opens com.acme/com.acme.open=ALL-UNNAMED`, "
                + "or write `opens com.acme.open;` into the declaration of module com.acme", e.getMessage());
    }

    @Test
    void a_record_with_very_many_components_travels(@TempDir Path folder) throws Exception {
        var source = IntStream.range(0, 120).mapToObj(i -> "long x" + i + ", Object y" + i)
                .limit(80).collect(Collectors.joining(", ", "public record Wide(", ") {}"));
        var loader = Compiled.classes(folder, Map.of("Wide.java", source));
        var type = loader.loadClass("Wide");
        var values = new ArrayList<Object>();
        for (long i = 0; i < 80; i++) {
            values.add(i);
            values.add("" + i);
        }
        var wide = type.getConstructors()[0].newInstance(values.toArray());
        assertEquals(wide, Trip.reader(Trip.write(wide), loader).read());
    }
}
