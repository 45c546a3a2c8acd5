package dev.mitosis.internal.supervise;

import dev.mitosis.internal.link.Control;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Processes that a task has started and that have outlived its worker, found by the cookie in
/// their environment; one that cleared its environment is not found. Only where there is `/proc`.
final class Strays {
    private Strays() {}

    /// Kills what a worker has left behind.
    static void kill(String cookie, LinkServer.Start start) {
        kill(List.of(Control.COOKIE + "=" + cookie, Control.SEAT + "=" + start.seat(),
                Control.START + "=" + start.start()));
    }

    /// Kills what all workers of a pool have left behind.
    static void kill(String cookie) {
        kill(List.of(Control.COOKIE + "=" + cookie));
    }

    private static void kill(List<String> marks) {
        var me = ProcessHandle.current().pid();
        ProcessHandle.allProcesses()
                .filter(process -> process.pid() != me && carries(process.pid(), marks))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean carries(long pid, List<String> marks) {
        try {
            var environment = List.of(Files.readString(
                    Path.of("/proc", Long.toString(pid), "environ"),
                    StandardCharsets.ISO_8859_1).split("\0", -1));
            return environment.containsAll(marks);
        } catch (IOException e) {
            return false; // it has ended, or is not ours
        }
    }
}
