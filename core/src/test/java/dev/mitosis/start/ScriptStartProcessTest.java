package dev.mitosis.start;

import dev.mitosis.Pool;
import dev.mitosis.testing.SideBySide;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs whose classes were never in a file, and the tests' own JVM.
@Tag("process")
class ScriptStartProcessTest {
    private static final String COMPACT = """
            import dev.mitosis.*;

            int half(int n) {
                return n / 2;
            }

            record Point(int x, int y) {}

            void main() {
                IO.println("main runs");
                try (Pool pool = Pool.open(2)) {
                    IO.println("halves " + pool.map(n -> half(n), List.of(2, 4)));
                    IO.println("points " + pool.map(n -> new Point(n, Other.two()), List.of(1)));
                    IO.println("turned " + pool.map(p -> new Point(p.y(), p.x()), List.of(new Point(1, 2))));
                }
            }
            """;

    private static final String SHELL = """
            import dev.mitosis.*;
            int half(int n) { return n / 2; }
            record Point(int x, int y) {}
            Pool pool = Pool.open(2);
            System.out.println("halves " + pool.map(n -> half(n), List.of(2, 4)));
            System.out.println("turned " + pool.map(p -> new Point(p.y(), p.x()), List.of(new Point(1, 2))));
            pool.close();
            /exit
            """;

    @TempDir Path folder;

    private static String other(int two) {
        return "class Other { static int two() { return " + two + "; } }";
    }

    @Test
    @SideBySide
    void a_source_file_works_even_beside_an_old_class_file() throws Exception {
        var programs = new Programs(folder);
        programs.source("old/Other.java", other(-2));
        programs.compile("old", "classes");
        Files.copy(folder.resolve("classes/Other.class"), folder.resolve("Other.class"));
        programs.source("Hello.java", COMPACT + other(2));
        for (var path : List.of(Programs.CORE + ":.", Programs.CORE + ":classes")) {
            var run = Run.of(folder, "java", "--class-path", path, "Hello.java");
            run.printed("main runs");
            run.printed("halves [1, 2]");
            run.printed("points [Point[x=1, y=2]]");
            run.printed("turned [Point[x=2, y=1]]");
        }
    }

    @Test
    @SideBySide
    void a_shell_works() throws Exception {
        new Programs(folder).source("hello.jsh", SHELL);
        var run = Run.of(folder, "jshell", "-J-Djava.util.prefs.userRoot=" + folder, "-s", "--class-path",
                Programs.CORE.toString(), "hello.jsh");
        run.printed("halves [1, 2]");
        run.printed("turned [Point[x=2, y=1]]");
    }

    @Test
    @SideBySide
    void the_tests_own_jvm_works() {
        long self = ProcessHandle.current().pid();
        try (var pool = Pool.open(2)) {
            Assertions.assertEquals(List.of(1, 4, 9), pool.map(n -> n * n, List.of(1, 2, 3)));
            Assertions.assertNotEquals(self, pool.apply(() -> ProcessHandle.current().pid()));
        }
    }
}
