package dev.mitosis.bench.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

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
                .filter(pid -> pid != owner && isOf(owner, pid) && isAlive(pid))
                .sorted()
                .toList();
    }

    private static boolean isOf(long owner, long pid) {
        return ("\0" + read(pid, "environ")).contains("\0" + COOKIE + owner + "-");
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

    /// Kills a process with SIGKILL, at once: no other process is started for it.
    ///
    /// @param pid the process
    /// @return whether it was there
    public static boolean kill9(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false);
    }

    /// Sends a signal to a process.
    ///
    /// @param name the signal's name, such as `STOP`
    /// @param pid the process
    public static void signal(String name, long pid) {
        try {
            var kill = new ProcessBuilder("kill", "-s", name, Long.toString(pid))
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

    private static String read(long pid, String file) {
        try {
            var path = Path.of("/proc", Long.toString(pid), file);
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // it has ended, or is not ours to look at
        }
    }
}
