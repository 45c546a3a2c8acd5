package dev.mitosis.internal.supervise;

import dev.mitosis.internal.link.Control;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Processes that a task has started and that have outlived its worker, found by the cookie in
/// their environment; one that cleared its environment is not found. Only where there is `/proc`.
///
/// Used by the supervisor's thread alone.
final class Strays {
    private static final Path PROCESSES = Path.of("/proc");
    private static final String ME = Long.toString(ProcessHandle.current().pid());
    private static final int MOST_ROUNDS = 20;

    private final String cookie;
    // Pids of processes that cannot become ours, of those that live: to look at all at each death
    // took 5 ms. One of ours may get such a pid again, once all others have been given away.
    private final Set<String> strangers = new HashSet<>();

    /// Finds processes of one pool.
    Strays(String cookie) {
        this.cookie = Control.COOKIE + "=" + cookie;
    }

    /// Kills what a worker has left behind.
    void kill(LinkServer.Start start) {
        var marks = List.of(cookie, Control.SEAT + "=" + start.seat(),
                Control.START + "=" + start.start());
        int round = 0;
        // There may be another: one may have started it while it was killed.
        while (killOnce(marks) && round < MOST_ROUNDS) {
            round++;
        }
    }

    /// Looks at all processes again, the next time.
    void trustNobody() {
        strangers.clear();
    }

    /// Kills a process and all that it has started, as far as they can be seen: first who they are
    /// is noted, since children of a dead process are nobody's.
    ///
    /// By its handle: [Process#destroyForcibly] closes the pipes of its output, too, with what it
    /// said last and nobody has read yet.
    static void killTree(Process process) {
        if (!process.isAlive()) {
            return; // its number may be another's by now
        }
        var handle = process.toHandle();
        var family = descendants(handle);
        handle.destroyForcibly();
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

    private boolean killOnce(List<String> marks) {
        var all = pids();
        strangers.retainAll(all);
        boolean any = false;
        for (var pid : all) {
            if (!strangers.contains(pid) && !pid.equals(ME)) {
                // before its environment is read: a handle is of one process, a pid of many
                var process = ProcessHandle.of(Long.parseLong(pid));
                any |= carries(pid, marks)
                        && process.filter(ProcessHandle::destroyForcibly).isPresent();
            }
        }
        return any;
    }

    private static Set<String> pids() {
        var pids = new HashSet<String>();
        var names = PROCESSES.toFile().list();
        for (var name : names == null ? new String[0] : names) {
            if (Character.isDigit(name.charAt(0))) {
                pids.add(name);
            }
        }
        return pids;
    }

    private boolean carries(String pid, List<String> marks) {
        try {
            var environment = Files.readString(PROCESSES.resolve(pid, "environ"),
                    StandardCharsets.ISO_8859_1);
            if (environment.contains(cookie)) { // nearly all are through with that
                return List.of(environment.split("\0", -1)).containsAll(marks);
            }
            // empty for a moment while it becomes another program, and always in the kernel's own
            if (!environment.isEmpty() || hasNoProgram(pid)) {
                strangers.add(pid);
            }
        } catch (AccessDeniedException e) {
            strangers.add(pid); // it is another user's
        } catch (IOException e) { // it has ended, or is the kernel's own, of which Linux tells so
            if (hasNoProgram(pid)) {
                strangers.add(pid);
            }
        }
        return false;
    }

    /// {@return whether it is a thread of the kernel's, of which there are dozens; or has ended}
    private static boolean hasNoProgram(String pid) {
        try {
            Files.readSymbolicLink(PROCESSES.resolve(pid, "exe"));
            return false;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            return false; // unknown
        }
    }

    /// {@return whether a process is not looked at any more}
    boolean isStranger(long pid) {
        return strangers.contains(Long.toString(pid));
    }
}
