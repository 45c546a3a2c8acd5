package dev.mitosis.internal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.NotReadableException;
import dev.mitosis.RemoteFunction;
import dev.mitosis.spi.Bytes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionsTest {
    private record Point(int x) {}

    private int twice(int n) {
        return 2 * n;
    }

    @Test
    void lambdas_travel_with_what_they_capture() throws Exception {
        int one = 1;
        var points = List.of(new Point(1));
        var maybe = Optional.of("x");
        RemoteFunction<Integer, String> function = n -> n + one + " " + points + maybe;
        assertEquals("3 [Point[x=1]]Optional[x]", Trip.function(function).apply(2));
    }

    @Test
    void method_references_travel() throws Exception {
        RemoteFunction<Integer, String> unbound = String::valueOf;
        assertEquals("5", Trip.function(unbound).apply(5));
        RemoteFunction<String, String> bound = "abc"::concat;
        assertEquals("abcd", Trip.function(bound).apply("d"));
        RemoteFunction<Integer, Point> constructor = Point::new;
        assertEquals(new Point(3), Trip.function(constructor).apply(3));
    }

    @Test
    void a_lambda_that_captures_an_instance_without_fields_gets_a_new_one() throws Exception {
        RemoteFunction<Integer, Integer> lambda = n -> twice(n);
        assertEquals(8, Trip.function(lambda).apply(4));
        RemoteFunction<Integer, Integer> reference = this::twice;
        assertEquals(8, Trip.function(reference).apply(4));
        RemoteFunction<Integer, Integer> nested = n -> lambda.apply(n) + twice(n);
        assertEquals(16, Trip.function(nested).apply(4));
    }

    private record Adapter(RemoteFunction<Integer, Integer> inner) implements RemoteFunction<Integer, Integer> {
        @Override
        public Integer apply(Integer item) throws Exception {
            return inner.apply(item) + 1;
        }
    }

    @Test
    void function_objects_travel() throws Exception {
        assertEquals(9, Trip.function(new Adapter(n -> n * 2)).apply(4));
    }

    private static final String SOURCE = "import dev.mitosis.*; public class Job {"
            + " public static Object make() { RemoteFunction<Integer, Integer> f = n -> n + 1; return f; }"
            + " public record Held(RemoteFunction<Integer, Integer> f) implements java.io.Serializable {}"
            + " public static Object held() { return new Held(n -> n + 2); } }";

    private static Bytes encoded(ClassLoader loader, String method) throws Exception {
        return Functions.encode(loader.loadClass("Job").getMethod(method).invoke(null));
    }

    @Test
    void f5_a_lambda_whose_class_is_missing_says_which_and_where_it_was_looked_for(@TempDir Path folder)
            throws Exception {
        var there = Compiled.classes(folder, Map.of("Job.java", SOURCE));
        for (var method : List.of("make", "held")) {
            var e = assertThrows(NotReadableException.class,
                    () -> Functions.decode(encoded(there, method), ClassLoader.getPlatformClassLoader()));
            assertTrue(e.getMessage().matches("a value could not be read: class Job(\\$Held)? was not found; "
                    + "asked were the pool's class loader \\(platform\\), the thread's context class loader \\(app\\), "
                    + "the platform class loader \\(platform\\)\\. Is it on this process's class path\\?"),
                    e.getMessage());
        }
    }

    @Test
    void a_lambda_of_a_class_that_was_compiled_differently_says_so(@TempDir Path folder) throws Exception {
        var there = Compiled.classes(folder.resolve("1"), Map.of("Job.java", SOURCE));
        for (var other : List.of("public class Job {}", "public class Job { public static Object make() { "
                + "dev.mitosis.RemoteFunction<String, String> g = s -> s; return g; } "
                + "public record Held(dev.mitosis.RemoteFunction<Integer, Integer> f) "
                + "implements java.io.Serializable {} }")) {
            var here = Compiled.classes(folder.resolve("" + other.length()), Map.of("Job.java", other));
            var e = assertThrows(NotReadableException.class, () -> Functions.decode(encoded(there, "make"), here));
            assertEquals("a value could not be read: the class that contains the lambda is not the same on both sides. "
                    + "Was it compiled again, or by another compiler, since the pool was opened? Then open a new pool. "
                    + "Was it moved to another package by a shading tool? Then let it move the other side, too",
                    e.getMessage());
        }
    }
}
