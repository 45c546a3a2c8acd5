package dev.mitosis.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Workers that start from a cache, and the program that makes it.
@Tag("process")
class StartCacheProcessTest {
    private static final String BUILDER = """
            import dev.mitosis.Pool;

            public class Builder {
                public static void main(String[] args) throws Exception {
                    System.out.println("built " + Pool.buildStartCache(c -> c).isPresent());
                }
            }
            """;

    private static final String PROGRAM = """
            import dev.mitosis.Pool;
            import java.io.IOException;
            import java.nio.file.Files;
            import java.nio.file.Path;

            public class Main {
                public static void main(String[] args) {
                    try (Pool pool = Pool.open(1)) {
                        System.out.println("cached " + pool.apply(() ->
                                Files.readString(Path.of("/proc/self/maps")).contains(".aot")));
                        System.out.println("replaying " + pool.apply(() -> hasThread("Training replay")));
                        System.out.println("says " + pool.apply(Word::say));
                    }
                }

                private static boolean hasThread(String name) throws IOException {
                    try (var threads = Files.list(Path.of("/proc/self/task"))) {
                        for (var thread : threads.toList()) {
                            if (Files.readString(thread.resolve("comm")).startsWith(name)) {
                                return true;
                            }
                        }
                        return false;
                    }
                }
            }
            """;

    private static final String WORD = "public class Word { static String say() { return \"%s\"; } }";

    @TempDir Path folder;

    private Path compile(Programs programs, String source) throws IOException {
        return programs.compile(source, source + "-classes", "-cp", folder.resolve("mitosis-core.jar").toString());
    }

    private Run run(String program, Path classes) throws IOException, InterruptedException {
        return Run.of(folder, "java", "-Dmitosis.startCache=" + folder.resolve("cache"),
                "-cp", folder.resolve("mitosis-core.jar") + ":" + classes, program);
    }

    private List<Path> cached() throws IOException {
        try (var files = Files.list(folder.resolve("cache"))) {
            return files.toList();
        }
    }

    @Test
    void workers_start_from_it_and_run_what_the_user_has_now() throws Exception {
        var programs = new Programs(folder);
        programs.coreJar("mitosis-core.jar");
        programs.source("user/Main.java", PROGRAM);
        programs.source("user/Word.java", WORD.formatted("first"));
        var user = programs.jar("user.jar", compile(programs, "user"), java.util.Map.of());
        run("Main", user).printed("cached false");

        programs.source("builder/Builder.java", BUILDER);
        var builder = compile(programs, "builder");
        var leftBehind = Files.createDirectories(folder.resolve("cache/build")); // by a builder that was killed
        Files.createFile(leftBehind.resolve("record"));
        var other = CompletableFuture.supplyAsync(() -> built(builder));
        built(builder).told("built ");
        other.join();
        assertTrue(cached().stream().filter(file -> file.toString().endsWith(".aot")).count() == 1);
        assertEquals(2, cached().size(), "a cache and a lock, nothing else: " + cached());

        var run = run("Main", user);
        run.printed("cached true");
        run.printed("replaying false");
        run.printed("says first");
        programs.source("user/Word.java", WORD.formatted("other"));
        programs.jar("user.jar", compile(programs, "user"), java.util.Map.of());
        var changed = run("Main", user);
        changed.printed("cached true");
        changed.printed("says other");
    }

    private Run built(Path builder) {
        try {
            return run("Builder", builder);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
