package dev.mitosis.bench.common;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The memory that a process has resident, as the kernel counts it; Linux alone says it.
public final class Resident {
    /// What it has, of what it shares with others its part: of all processes together the sum says
    /// what they take.
    public static final String PROPORTIONAL = "Pss";

    /// What it has for itself alone and is in no file, as heaps are.
    public static final String ANONYMOUS = "Pss_Anon";

    private Resident() {}

    /// {@return what a process has resident now, MiB; it takes the kernel some ms}
    ///
    /// @param pid the process
    /// @param what the name of the count
    /// @throws IOException if the process is gone
    public static double mib(long pid, String what) throws IOException {
        var counts = Path.of("/proc", Long.toString(pid), "smaps_rollup");
        for (var line : Files.readAllLines(counts)) {
            if (line.startsWith(what + ":")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        throw new IOException("process " + pid + " does not say what it has resident");
    }
}
