package dev.mitosis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What a command that has ended might have left: workers, and folders named after its process.
final class Leftovers {
    private static final List<Path> PLACES =
            List.of(Path.of(System.getProperty("java.io.tmpdir")), Path.of("/dev/shm"));

    private Leftovers() {}

    /// A worker may need a moment to see that its parent is gone; a folder has nobody else to remove it.
    static void none(Process ended) throws Exception {
        var name = "mitosis-" + ended.pid() + "-";
        var workers = ProcessHandle.allProcesses().filter(process -> mentions(process, name)).toList();
        for (var worker : workers) {
            worker.onExit().get(5, TimeUnit.SECONDS);
        }
        for (var place : PLACES) {
            assertEquals(List.of(), list(place, name));
        }
    }

    private static boolean mentions(ProcessHandle process, String name) {
        return process.info().arguments().stream().flatMap(Arrays::stream).anyMatch(text -> text.contains(name));
    }

    private static List<Path> list(Path place, String name) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (var all = Files.list(place)) {
            return all.filter(path -> path.getFileName().toString().startsWith(name)).toList();
        }
    }
}
