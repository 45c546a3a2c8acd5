package dev.mitosis.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every example prints what its comment shows.
@Tag("process")
class ExamplesProcessTest {
    private static final String SOURCES = "examples/src/main/java/";
    private static final String IN_PACKAGE = SOURCES + "dev/mitosis/examples/";

    @TempDir
    Path folder;

    static List<String> paths() {
        try (var files = Files.walk(Document.ROOT.resolve(SOURCES))) {
            return files.map(file -> Document.ROOT.relativize(file).toString())
                    .filter(path -> path.endsWith(".java") && !path.endsWith("package-info.java")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void no_example_is_longer_than_a_screen() {
        for (var path : paths()) {
            int lines = Example.of(path).lines().size();
            assertTrue(lines <= 60, path + " has " + lines + " lines");
        }
    }

    @Test
    void every_example_is_run_by_a_test() {
        var run = Stream.of("BigArray", "Conversation", "Crawl", "Gather", "Histogram", "LazySquares", "Ledger",
                "OneTask", "Outcomes", "Progress", "WordCount")
                .map(name -> IN_PACKAGE + name + ".java");
        assertEquals(Stream.concat(Stream.of(SOURCES + "Hello.java"), run).toList(), paths());
    }

    @ParameterizedTest
    @ValueSource(strings = {"BigArray", "Conversation", "Crawl", "Gather", "Histogram", "LazySquares", "Ledger",
        "OneTask", "Outcomes", "Progress"})
    void an_example_prints_what_it_shows(String name) throws Exception {
        var example = Example.of(IN_PACKAGE + name + ".java");

        assertEquals(example.shown(), Run.java(example.className()).lines());
    }

    @Test
    void hello_runs_from_its_source() throws Exception {
        var hello = Example.of(SOURCES + "Hello.java");

        assertEquals(hello.shown(), Run.java(hello.path()).lines());
    }

    @Test
    void hello_compiles_without_a_warning_and_runs() throws Exception {
        var hello = Example.of(SOURCES + "Hello.java");
        var path = System.getProperty("java.class.path");

        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-Xlint:all", "-Werror",
                "-cp", path, "-d", folder.toString(), Document.ROOT.resolve(hello.path()).toString()));
        var command = Run.javaCommand();
        command.addAll(List.of("-cp", folder + ":" + path, "Hello"));

        assertEquals(hello.shown(), Run.of(command).lines());
    }

    @Test
    void word_count_prints_what_it_shows() throws Exception {
        var example = Example.of(IN_PACKAGE + "WordCount.java");
        var text = Files.writeString(folder.resolve("text"), "To be, or not to be.\n");

        assertEquals(example.shown(), Run.java(example.className(), text.toString()).lines());
    }

    @Test
    void word_count_prints_what_its_pipeline_prints() throws Exception {
        var example = Example.of(IN_PACKAGE + "WordCount.java");
        var text = folder.resolve("text");
        Files.write(text, someText(new Random(1), 1_200_000));

        var expected = Run.of(List.of("sh", "-c", pipeline(example).replace("FILE", "'" + text + "'"))).lines();
        var found = Run.java(example.className(), text.toString()).lines();

        assertTrue(expected.size() > 1_000, "the text has " + expected.size() + " words");
        assertEquals(expected, found);
    }

    /// The commands in the comment of the example.
    private static String pipeline(Example example) {
        return String.join("\n", example.lines().stream().dropWhile(line -> !line.equals("/// ```sh")).skip(1)
                .takeWhile(line -> !line.equals("/// ```")).map(line -> line.substring(4)).toList());
    }

    /// Words of letters, digits and others, in both cases, between all that may separate them.
    private static byte[] someText(Random random, int size) {
        var words = random.ints(4_000, 0, 60_000).mapToObj(n -> Integer.toString(n, 36)).toList();
        var separators = List.of(
                " ", " ", " ", ", ", ". ", "\n", "\r\n", "\t", "-", "'", "_", " \u00e4", "\u00e9", "\0");
        var text = new StringBuilder(",");
        while (text.length() < size) {
            var word = words.get((int) (words.size() * Math.pow(random.nextDouble(), 3)));
            text.append(random.nextInt(5) == 0 ? word.toUpperCase(java.util.Locale.ROOT) : word)
                    .append(separators.get(random.nextInt(separators.size())));
        }
        return text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
