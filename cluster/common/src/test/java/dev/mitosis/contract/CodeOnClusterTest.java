package dev.mitosis.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.Pool;
import dev.mitosis.RemoteFunction;
import dev.mitosis.RemoteRunnable;
import dev.mitosis.cluster.ClusterUnderTest;
import dev.mitosis.internal.launch.InMemory;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Code that no node has, and no file.
@Tag("process")
class CodeOnClusterTest {
    private static final List<Integer> MANY = IntStream.range(0, 500).boxed().toList();

    private static Pool open() {
        return Pool.open(c -> c.withBackend(ClusterUnderTest.backend()));
    }

    /// {@return a function of a class in no file, always of the same name}
    @SuppressWarnings("unchecked")
    private static RemoteFunction<Integer, String> function(String version) throws ReflectiveOperationException {
        var loader = InMemory.of("Code", """
                public class Code implements dev.mitosis.RemoteFunction<Integer, String> {
                    static class Inner {
                        static String version() { return "%s"; }
                    }
                    public String apply(Integer n) { return Inner.version(); }
                }
                """.formatted(version));
        return (RemoteFunction<Integer, String>) loader.loadClass("Code").getConstructor().newInstance();
    }

    @Test
    void a_class_without_a_file_travels_with_what_it_names() throws Exception {
        var function = function("one");
        try (var pool = open()) {
            assertEquals(Collections.nCopies(500, "one"), pool.map(function, MANY));
        }
    }

    @Test
    void two_pools_have_different_classes_of_one_name_at_once() throws Exception {
        var first = function("first");
        var second = function("second");
        try (var one = open();
                var two = open()) {
            var firsts = one.mapAsync(first, MANY);
            var seconds = two.mapAsync(second, MANY);

            assertEquals(Collections.nCopies(500, "first"), firsts.get());
            assertEquals(Collections.nCopies(500, "second"), seconds.get());
        }
    }

    @Test
    void an_initializer_without_a_file_travels_too() throws Exception {
        var loader = InMemory.of("First", """
                public class First implements dev.mitosis.RemoteRunnable {
                    public void run() { System.setProperty("first", "ran"); }
                }
                """);
        var first = (RemoteRunnable) loader.loadClass("First").getConstructor().newInstance();
        try (var pool = Pool.open(c -> c.withBackend(ClusterUnderTest.backend()).withInitializer(first))) {
            assertEquals("ran", pool.apply(() -> System.getProperty("first")));
        }
    }
}
