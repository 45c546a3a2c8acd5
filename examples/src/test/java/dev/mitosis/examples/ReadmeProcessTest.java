package dev.mitosis.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The README's commands print what it shows.
@Tag("process")
class ReadmeProcessTest {
    @TempDir
    Path folder;

    static Stream<String> consoles() {
        return Document.of("README.md").blocks("run").stream().map(Document.Block::text);
    }

    @Test
    void the_main_command_and_more_are_shown() {
        assertTrue(consoles().anyMatch(text -> text.startsWith("$ ./mitosis map 'n -> n * n' --range 0:10\n")));
        assertTrue(consoles().count() >= 4);
    }

    @ParameterizedTest
    @MethodSource("consoles")
    void a_command_prints_what_is_shown(String console) throws Exception {
        var lines = console.lines().toList();
        var typed = lines.getFirst();
        assertTrue(typed.startsWith("$ "), typed);

        var run = Run.of(List.of("bash", "-c", typed.substring(2).replace("./mitosis ", mitosis() + " ")));

        assertEquals(lines.subList(1, lines.size()), run.lines());
    }

    /// The command of this build: `./mitosis` itself would build its own first, in another run of Maven.
    private Path mitosis() throws Exception {
        var java = Stream.concat(Run.javaCommand().stream(),
                        Stream.of("-cp", System.getProperty("java.class.path"), "dev.mitosis.cli.Main"))
                .collect(Collectors.joining("' '", "'", "'"));
        var script = Files.writeString(folder.resolve("mitosis"), "#!/bin/sh\nexec " + java + " \"$@\"\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void python_prints_the_same() throws Exception {
        assumeTrue(Run.of(List.of("sh", "-c", "command -v python3")).status() == 0, "there is no Python here");
        for (var block : Document.of("README.md").blocks("python")) {
            var script = Files.writeString(folder.resolve("hello.py"), block.text());

            assertEquals(Example.of(block.named()).shown(), Run.of(List.of("python3", script.toString())).lines());
        }
    }
}
