package dev.mitosis.internal.supervise;

import java.util.List;
import java.util.Map;

/// Why a worker process ended, in words.
final class ExitCause {
    /// The exit status after SIGKILL.
    static final int SIGKILLED = 137;

    private static final Map<Integer, String> SIGNALS = Map.ofEntries(
            Map.entry(1, "SIGHUP"), Map.entry(2, "SIGINT"), Map.entry(3, "SIGQUIT"),
            Map.entry(4, "SIGILL"), Map.entry(6, "SIGABRT"), Map.entry(7, "SIGBUS"),
            Map.entry(8, "SIGFPE"), Map.entry(9, "SIGKILL"), Map.entry(11, "SIGSEGV"),
            Map.entry(10, "SIGUSR1"), Map.entry(12, "SIGUSR2"), Map.entry(13, "SIGPIPE"),
            Map.entry(14, "SIGALRM"), Map.entry(15, "SIGTERM"), Map.entry(24, "SIGXCPU"),
            Map.entry(25, "SIGXFSZ"), Map.entry(31, "SIGSYS"));
    private static final String OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError";

    private ExitCause() {}

    /// What is known of an end that this pool did not cause.
    ///
    /// @param status the exit status; 128 + n after signal n
    /// @param saidExit whether the worker said that it was exiting
    /// @param heap its maximum heap, as text
    /// @param output its last lines
    record Facts(int status, boolean saidExit, String heap, List<String> output) {}

    /// Tells why.
    ///
    /// @param facts what is known
    /// @param kernelKills how many processes here the kernel has just killed for want of memory
    static String describe(Facts facts, long kernelKills) {
        int status = facts.status();
        if (status == 3 && facts.output().stream().anyMatch(ExitCause::tellsOutOfMemory)) {
            return "ended since its heap of " + facts.heap() + " was exhausted (exit status 3)";
        }
        var signal = SIGNALS.get(status - 128);
        if (facts.saidExit() && status != 143) {
            return "called System.exit(" + status + ")";
        }
        if (status == 134) {
            return "crashed (exit status 134, SIGABRT after a fatal error in native code)";
        }
        if (status == SIGKILLED) {
            return "was killed by SIGKILL (exit status 137): " + (kernelKills > 0
                    ? "by the kernel, for want of memory, as its control group says"
                    : "often by the kernel when memory is short");
        }
        if (signal != null) {
            return "was killed by " + signal + " (exit status " + status + ")";
        }
        return "ended with exit status " + status + " (halt or native exit)";
    }

    private static boolean tellsOutOfMemory(String line) {
        return line.contains(OUT_OF_MEMORY);
    }
}
