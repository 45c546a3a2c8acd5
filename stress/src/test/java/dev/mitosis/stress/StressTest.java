package dev.mitosis.stress;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openjdk.jcstress.Main;
import org.openjdk.jcstress.infra.runners.TestList;

/// All races for a second each, in JVMs of their own; `stress/run` takes more time for them.
@Tag("process")
class StressTest {
    private static final int LIMIT_SECONDS = 240;
    private static final Path FOLDER = Path.of("target", "stress").toAbsolutePath();
    private static final Pattern PASSED = Pattern.compile("^\\.+ \\[OK] (\\S+)$", Pattern.MULTILINE);

    @Test
    @Timeout(300) // half a minute, if nothing else runs
    void every_race_ends_as_it_may() throws Exception {
        var expected = new TreeSet<>(TestList.tests());
        var output = FOLDER.resolve("output.txt");

        int status = race(output);

        var text = Files.readString(output);
        var passed = PASSED.matcher(text).results().map(match -> match.group(1)).collect(toCollection(TreeSet::new));
        assertEquals(0, status, text);
        assertEquals(expected, passed, text);
    }

    @Test
    void every_class_of_races_is_run() throws IOException {
        var sources = Path.of("src", "main", "java");
        var classes = new TreeSet<String>();
        try (var files = Files.walk(sources)) {
            files.map(file -> sources.relativize(file).toString()).filter(name -> name.endsWith("Stress.java"))
                    .map(name -> name.replace(File.separatorChar, '.').replaceAll("\\.java$", ""))
                    .forEach(classes::add);
        }

        var run = TestList.tests().stream()
                .map(name -> name.replaceAll("(Stress)\\..*", "$1")).collect(toCollection(TreeSet::new));
        assertEquals(classes, run);
        assertTrue(run.size() > 5, run::toString);
    }

    /// In a JVM of its own, since jcstress ends the one that it runs in. One kind of JVM for each race, and threads on
    /// any core: all combinations take half an hour.
    ///
    /// @return its exit status
    private static int race(Path output) throws Exception {
        var temporary = Files.createDirectories(FOLDER.resolve("tmp"));
        var process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + temporary,
                "-cp", System.getProperty("java.class.path"), Main.class.getName(),
                "-v", "-f", "1", "-iters", "2", "-time", "500", "-sc", "false", "-af", "NONE", "-pth", "false",
                "-jvmArgs", "-Xmx256m", "-r", FOLDER.resolve("report").toString())
                .directory(FOLDER.toFile()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), () -> "still racing, see " + output);
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
