package dev.mitosis.start;

import dev.mitosis.testing.SideBySide;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that are started from classes and from jars.
@Tag("process")
class ClassPathStartProcessTest {
    private static final String PROGRAM = """
            package app;

            import dev.mitosis.Pool;
            import java.util.List;

            public class Main {
                record Point(int x, int y) {}

                public static void main(String[] args) {
                    System.out.println("main runs");
                    long self = ProcessHandle.current().pid();
                    try (Pool pool = Pool.open(2)) {
                        System.out.println("squares " + pool.map(n -> n * n, List.of(1, 2, 3)));
                        System.out.println("turned " + pool.map(Main::turned, List.of(new Point(1, 2))));
                        System.out.println("elsewhere "
                                + (pool.apply(() -> ProcessHandle.current().pid()) != self));
                        System.out.println("name " + pool.apply(() -> System.getProperty("name")));
                        System.out.println("opened " + pool.apply(Main::opened));
                    }
                }

                static Point turned(Point point) {
                    return new Point(point.y(), point.x());
                }

                static boolean opened() {
                    return String.class.getModule().isOpen("java.lang", Main.class.getModule());
                }
            }
            """;

    @TempDir Path folder;
    private Programs programs;
    private Path classes;

    @BeforeEach
    void compile() throws Exception {
        programs = new Programs(folder);
        programs.source("source/app/Main.java", PROGRAM);
        classes = programs.compile("source", "my classes ü", "-cp", Programs.CORE.toString());
    }

    private static void requireResults(Run run) {
        run.printed("main runs");
        run.printed("squares [1, 4, 9]");
        run.printed("turned [Point[x=2, y=1]]");
        run.printed("elsewhere true");
        run.printed("name a b");
    }

    @Test
    @SideBySide
    void a_class_path_with_relative_entries_spaces_and_umlauts_works() throws Exception {
        var run = Run.of(folder, "java", "-Dname=a b", "-cp", "my classes ü:" + Programs.CORE, "app.Main");
        requireResults(run);
        run.printed("opened false");
    }

    @Test
    @SideBySide
    void a_flag_that_opens_a_package_holds_in_workers() throws Exception {
        var run = Run.of(folder, "java", "-Dname=a b", "--add-opens", "java.base/java.lang=ALL-UNNAMED",
                "-Xmx200m", "-Xlog:gc:gc.log", "-XX:+UseParallelGC", "-cp", classes + ":" + Programs.CORE, "app.Main");
        requireResults(run);
        run.printed("opened true");
    }

    @Test
    @SideBySide
    void a_jar_whose_manifest_names_the_library_works() throws Exception {
        programs.coreJar("lib/mitosis-core.jar");
        programs.jar("my app.jar", classes, Map.of("Main-Class", "app.Main", "Class-Path", "lib/mitosis-core.jar",
                "Add-Opens", "java.base/java.lang"));
        var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        var run = Run.of(elsewhere, "java", "-Dname=a b", "-jar", "../my app.jar");
        requireResults(run);
        run.printed("opened true");
    }

    @Test
    @SideBySide
    void a_jar_that_holds_the_library_works() throws Exception {
        try (var files = Files.walk(Programs.CORE)) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                var target = classes.resolve(Programs.CORE.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        Files.delete(classes.resolve("module-info.class"));
        programs.jar("all.jar", classes, Map.of("Main-Class", "app.Main"));
        requireResults(Run.of(folder, "java", "-Dname=a b", "-jar", "all.jar"));
    }

    @Test
    @SideBySide
    void a_debugger_does_not_keep_workers_from_starting() throws Exception {
        requireResults(Run.of(folder, "java", "-Dname=a b",
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=localhost:0",
                "-cp", classes + ":" + Programs.CORE, "app.Main"));
    }
}
