package dev.mitosis.internal.supervise;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Why a worker process ended, in words.
final class ExitCause {
    private static final Map<Integer, String> SIGNALS = Map.ofEntries(
            Map.entry(1, "SIGHUP"), Map.entry(2, "SIGINT"), Map.entry(3, "SIGQUIT"),
            Map.entry(4, "SIGILL"), Map.entry(6, "SIGABRT"), Map.entry(7, "SIGBUS"),
            Map.entry(8, "SIGFPE"), Map.entry(9, "SIGKILL"), Map.entry(11, "SIGSEGV"),
            Map.entry(13, "SIGPIPE"), Map.entry(15, "SIGTERM"));
    private static final String OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError";

    private ExitCause() {}

    /// Tells why.
    ///
    /// @param status the exit status; 128 + n after signal n
    /// @param ours why this pool killed it, or null
    /// @param saidExit whether the worker said that it was exiting
    /// @param heap its maximum heap, as text
    /// @param output its last lines
    static String describe(
            int status, @Nullable String ours, boolean saidExit, String heap, List<String> output) {
        if (ours != null) {
            return ours;
        }
        if (status == 3 && output.stream().anyMatch(line -> line.contains(OUT_OF_MEMORY))) {
            return "ended since its heap of " + heap + " was exhausted (exit status 3)";
        }
        var signal = SIGNALS.get(status - 128);
        if (saidExit && status != 143) {
            return "called System.exit(" + status + ")";
        }
        if (status == 134) {
            return "crashed (exit status 134, SIGABRT after a fatal error in native code)";
        }
        if (status == 137) {
            return "was killed by SIGKILL (exit status 137): often by the kernel when memory is"
                    + " short";
        }
        if (signal != null) {
            return "was killed by " + signal + " (exit status " + status + ")";
        }
        return "ended with exit status " + status + " (halt or native exit)";
    }
}
