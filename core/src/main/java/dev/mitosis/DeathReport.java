package dev.mitosis;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What is known of the death of a worker process.
///
/// @param index the item that was running
/// @param inputSummary that item's input as text, shortened
/// @param attempt which attempt at the item this was, from 1
/// @param worker the number of the worker, from 0
/// @param pid its process
/// @param exitCode its exit status, if the process was reaped; 128 + n after signal n
/// @param cause why it died, in words
/// @param problematicFrame the native frame in which the JVM crashed, if it did
/// @param errorFile the JVM's own crash report, if it wrote one
/// @param lastOutput the last lines that the worker printed
public record DeathReport(
        long index,
        String inputSummary,
        int attempt,
        int worker,
        long pid,
        OptionalInt exitCode,
        String cause,
        @Nullable String problematicFrame,
        @Nullable Path errorFile,
        List<String> lastOutput) {
    /// Copies the list.
    public DeathReport {
        lastOutput = List.copyOf(lastOutput);
    }

    /// {@return the report as text: what happened, to whom, the likely reason, the last words}
    public String describe() {
        var text = new StringBuilder("worker ").append(worker).append(" (process ").append(pid)
                .append(") ").append(cause);
        if (problematicFrame != null) {
            text.append("; problematic frame: ").append(problematicFrame);
        }
        if (errorFile != null) {
            text.append("; the JVM's report is ").append(errorFile);
        }
        if (!lastOutput.isEmpty()) {
            text.append("; its last output was:\n  ").append(String.join("\n  ", lastOutput));
        }
        return text.toString();
    }
}
