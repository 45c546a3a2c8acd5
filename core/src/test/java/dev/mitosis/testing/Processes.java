package dev.mitosis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Processes as the kernel sees them.
public final class Processes {
    private static final String COOKIE = "MITOSIS_COOKIE=";

    private Processes() {}

    /// Returns the living processes that belong to the pools of one JVM, however deep they are.
    ///
    /// @param owner the process of that JVM
    /// @return their numbers
    public static List<Long> workersOf(long owner) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> pid != owner && environmentOf(pid).contains("\0" + COOKIE + owner + "-"))
                .filter(Processes::isAlive)
                .sorted()
                .toList();
    }

    /// {@return whether a process is there and not merely unreaped}
    ///
    /// @param pid the process
    public static boolean isAlive(long pid) {
        var status = read(pid, "stat");
        int name = status.lastIndexOf(") ");
        return name >= 0 && "ZX".indexOf(status.charAt(name + 2)) < 0;
    }

    /// {@return what a process is, for messages}
    ///
    /// @param pid the process
    public static String describe(long pid) {
        var command = read(pid, "cmdline").replace('\0', ' ');
        return "process " + pid + ": " + command.substring(0, Math.min(200, command.length()));
    }

    /// Kills a process with a real `kill -9`.
    ///
    /// @param pid the process
    public static void kill9(long pid) {
        signal("KILL", pid);
    }

    /// Sends a signal to a process.
    ///
    /// @param name the signal's name, such as `CONT`
    /// @param pid the process
    public static void signal(String name, long pid) {
        send(name, Long.toString(pid));
    }

    /// Stops a process, and waits until it stands still: the signal alone is only on its way.
    ///
    /// @param pid the process
    public static void stop(long pid) {
        signal("STOP", pid);
        Eventually.holds(pid + " stands still", () -> statesOfThreads(pid).matches("T+"));
    }

    /// {@return a letter for each of its threads}
    private static String statesOfThreads(long pid) {
        try (var tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return tasks.map(task -> read(pid, "task/" + task.getFileName() + "/stat"))
                    .map(stat -> stat.substring(stat.lastIndexOf(") ") + 2, stat.lastIndexOf(") ") + 3))
                    .collect(Collectors.joining());
        } catch (IOException | IndexOutOfBoundsException e) {
            return ""; // it, or one of them, has just ended
        }
    }

    /// Sends a signal to all processes of a group, as a terminal does.
    ///
    /// @param name the signal's name, such as `INT`
    /// @param leader the process that the group is named after
    public static void signalGroup(String name, long leader) {
        send(name, "-" + leader);
    }

    private static void send(String name, String target) {
        try {
            var kill = new ProcessBuilder("kill", "-s", name, "--", target)
                    .redirectError(ProcessBuilder.Redirect.DISCARD) // it may have ended just now
                    .start();
            if (!kill.waitFor(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("kill does not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String environmentOf(long pid) {
        return "\0" + read(pid, "environ");
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // it has ended, or is not ours to look at
        }
    }
}
