package dev.mitosis.internal.supervise;

import dev.mitosis.internal.link.Control;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Processes that a task has started and that have outlived its worker, found by the cookie in
/// their environment; one that cleared its environment is not found. Only where there is `/proc`.
final class Strays {
    private static final int MOST_ROUNDS = 20;

    private Strays() {}

    /// Kills what a worker has left behind.
    static void kill(String cookie, LinkServer.Start start) {
        kill(List.of(Control.COOKIE + "=" + cookie, Control.SEAT + "=" + start.seat(),
                Control.START + "=" + start.start()));
    }

    /// Kills a process and all that it has started, as far as they can be seen: first who they are
    /// is noted, since children of a dead process are nobody's.
    static void killTree(Process process) {
        var family = descendants(process.toHandle());
        process.destroyForcibly();
        for (var one : family) {
            descendants(one).forEach(ProcessHandle::destroyForcibly); // started meanwhile
            one.destroyForcibly();
        }
    }

    private static List<ProcessHandle> descendants(ProcessHandle of) {
        return seen(of::descendants);
    }

    /// {@return what can be seen; nothing where too many files are open, on which the JDK throws}
    private static List<ProcessHandle> seen(Supplier<Stream<ProcessHandle>> look) {
        try {
            return look.get().toList();
        } catch (RuntimeException e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.DEBUG, "processes", e);
            return List.of();
        }
    }

    /// Looks again until there is nobody left: one may have started another while it was killed.
    private static void kill(List<String> marks) {
        int round = 0;
        while (killOnce(marks) > 0 && round < MOST_ROUNDS) {
            round++;
        }
    }

    private static long killOnce(List<String> marks) {
        var me = ProcessHandle.current().pid();
        return seen(ProcessHandle::allProcesses).stream()
                .filter(process -> process.pid() != me && carries(process.pid(), marks))
                .filter(ProcessHandle::destroyForcibly)
                .count();
    }

    private static boolean carries(long pid, List<String> marks) {
        try {
            var environment = Files.readString(Path.of("/proc", Long.toString(pid), "environ"),
                    StandardCharsets.ISO_8859_1);
            return environment.contains(marks.getFirst()) // nearly all are through with that
                    && List.of(environment.split("\0", -1)).containsAll(marks);
        } catch (IOException e) {
            return false; // it has ended, or is not ours
        }
    }
}
