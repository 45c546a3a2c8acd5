package dev.mitosis.start;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What a program of its own printed, once it has ended in order.
///
/// @param lines standard output and standard error, line by line
record Run(List<String> lines) {

    /// Runs a tool of this JDK, `java` or `jshell`, and waits for its end.
    static Run of(Path folder, String tool, String... arguments) throws IOException, InterruptedException {
        return with(folder, Path.of(System.getProperty("java.home")), tool, arguments);
    }

    /// Runs a tool of another runtime.
    static Run with(Path folder, Path home, String tool, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(home.resolve("bin").resolve(tool).toString()));
        command.addAll(List.of(arguments));
        var output = Files.createTempFile(folder, "output", ".txt");
        var process = new ProcessBuilder(command).directory(folder.toFile())
                .redirectInput(new java.io.File("/dev/null"))
                .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            boolean ended = process.waitFor(100, TimeUnit.SECONDS);
            var text = Files.readString(output);
            assertTrue(ended, () -> "still running: " + command + "\n" + text);
            assertTrue(process.exitValue() == 0, () -> command + " ended with " + process.exitValue() + "\n" + text);
            return new Run(text.lines().toList());
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /// Requires that this line was printed just once.
    void printed(String line) {
        assertTrue(lines.stream().filter(line::equals).count() == 1, () -> line + " is not there once in " + this);
    }

    /// Requires that this was printed somewhere.
    void told(String part) {
        assertTrue(lines.stream().anyMatch(line -> line.contains(part)), () -> part + " is nowhere in " + this);
    }

    @Override
    public String toString() {
        return "\n" + String.join("\n", lines);
    }
}
