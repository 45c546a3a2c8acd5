package dev.mitosis.start;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.testing.SideBySide;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A program that is a module, as is the library.
@Tag("process")
class ModuleStartProcessTest {
    private static final String MODULE = """
            module app {
                requires dev.mitosis;
                exports app.shown;
                opens app.open to dev.mitosis;
            }
            """;

    private static final String SHOWN = """
            package app.shown;

            public record Shown(int value) {}
            """;

    private static final String OPEN = """
            package app.open;

            import java.util.List;

            public class Opened {
                record Point(int x, int y) {}

                public static List<Object> points() {
                    return List.of(new Point(1, 2));
                }

                public static Object turned(Object point) {
                    return new Point(((Point) point).y(), ((Point) point).x());
                }
            }
            """;

    private static final String MAIN = """
            package app.hidden;

            import app.open.Opened;
            import app.shown.Shown;
            import dev.mitosis.Pool;
            import java.util.List;

            public class Main {
                record Hidden(int value) {}

                public static void main(String[] args) {
                    System.out.println("main runs");
                    try (Pool pool = Pool.open(2)) {
                        System.out.println("module " + pool.apply(() -> Main.class.getModule().getName()));
                        System.out.println("deaf to Ctrl-C " + pool.apply(
                                () -> ModuleLayer.boot().findModule("jdk.unsupported").isPresent()));
                        System.out.println("squares " + pool.map(n -> n * n, List.of(1, 2, 3)));
                        System.out.println("shown " + pool.map(s -> new Shown(s.value() + 1), List.of(new Shown(1))));
                        System.out.println("opened " + pool.map(Opened::turned, Opened.points()));
                        refused(pool);
                    }
                }

                static void refused(Pool pool) {
                    try {
                        pool.map(h -> h.value(), List.of(new Hidden(1)));
                    } catch (RuntimeException e) {
                        for (Throwable next = e; next != null; next = next.getCause()) {
                            System.out.println("refused " + next.getMessage());
                        }
                    }
                }
            }
            """;

    @TempDir Path folder;
    private Path mods;
    private Path core;

    @BeforeEach
    void compile() throws Exception {
        var programs = new Programs(folder);
        programs.source("source/module-info.java", MODULE);
        programs.source("source/app/shown/Shown.java", SHOWN);
        programs.source("source/app/open/Opened.java", OPEN);
        programs.source("source/app/hidden/Main.java", MAIN);
        core = programs.coreJar("lib/mitosis-core.jar");
        programs.compile("source", "mods/app", "--module-path", core.toString());
        mods = folder.resolve("mods");
    }

    private static void requireResults(Run run) {
        run.printed("main runs");
        run.printed("module app");
        run.printed("deaf to Ctrl-C true");
        run.printed("squares [1, 4, 9]");
        run.printed("shown [Shown[value=2]]");
        run.printed("opened [Point[x=2, y=1]]");
        run.told("opens app.hidden to dev.mitosis");
    }

    @Test
    @SideBySide
    void modules_meet_as_modules_in_workers() throws Exception {
        requireResults(Run.of(folder, "java", "--module-path", "mods:lib", "--module", "app/app.hidden.Main"));
    }

    @Test
    @SideBySide
    void a_class_path_beside_the_module_path_is_kept() throws Exception {
        requireResults(Run.of(folder, "java", "--module-path", mods + ":" + core, "--class-path", folder.toString(),
                "--add-modules", "java.sql", "--module", "app/app.hidden.Main"));
    }

    @Test
    @SideBySide
    void an_image_that_holds_the_program_starts_workers() throws Exception {
        var image = folder.resolve("image");
        int status = ToolProvider.findFirst("jlink").orElseThrow().run(System.out, System.err,
                "--module-path", mods + ":" + core, "--add-modules", "app,jdk.zipfs", "--output", image.toString());
        assertEquals(0, status);
        requireResults(Run.with(folder, image, "java", "--module", "app/app.hidden.Main"));
    }
}
