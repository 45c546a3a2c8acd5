package dev.mitosis.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program that was run to its end.
///
/// @param status its exit status
/// @param out its standard output
/// @param err its standard error
record Run(int status, String out, String err) {
    private static final int LIMIT_SECONDS = 100;

    /// Runs a command in the root of the repository.
    static Run of(List<String> command) throws IOException, InterruptedException {
        var out = Files.createTempFile("out", ".txt");
        var err = Files.createTempFile("err", ".txt");
        var process = new ProcessBuilder(command).directory(Document.ROOT.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(command + " is still running; " + Files.readString(err));
            }
            return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(err);
        }
    }

    /// Runs `java` with the class path of this test.
    static Run java(String... arguments) throws IOException, InterruptedException {
        var command = javaCommand();
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        return of(command);
    }

    /// The beginning of a command that starts this JVM's `java`.
    static List<String> javaCommand() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ArrayList<>(List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    }

    /// The lines it printed, if all went well.
    List<String> lines() {
        if (status != 0) {
            throw new AssertionError("exit status " + status + ": " + err);
        }
        return out.lines().toList();
    }
}
