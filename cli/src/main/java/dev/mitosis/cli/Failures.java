package dev.mitosis.cli;

import dev.mitosis.ItemException;
import dev.mitosis.TaskFailedException;
import dev.mitosis.TaskTimeoutException;
import dev.mitosis.WorkerDiedException;
import java.io.PrintStream;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Says on standard error which items failed, and why: one line each, or with their stacks.
///
/// ```text
/// line 17: java.nio.file.NoSuchFileException: /missing  (input: /missing)
/// ```
final class Failures {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\t]]");

    private final PrintStream err;
    private final boolean numbered;
    private final boolean stacks;

    // owned by the thread that prints
    private long count;

    /// @param numbered whether items are numbers of a range, not lines
    Failures(PrintStream err, boolean numbered, boolean stacks) {
        this.err = err;
        this.numbered = numbered;
        this.stacks = stacks;
    }

    void report(ItemException failure) {
        count++;
        if (Ending.hasBegun()) {
            return;
        }

        err.println(describe(failure));
        if (stacks && failure.getCause() != null) {
            failure.getCause().printStackTrace(err);
        }
    }

    long count() {
        return count;
    }

    private String describe(ItemException failure) {
        var text = new StringBuilder(numbered
                ? "item " + failure.index() + " (" + failure.inputSummary() + "): "
                : "line " + (failure.index() + 1) + ": ");
        text.append(onOneLine(reason(failure)));
        if (!numbered) {
            text.append("  (input: ").append(onOneLine(failure.inputSummary())).append(')');
        }
        if (failure.attempts() > 1) {
            text.append("  after ").append(failure.attempts()).append(" attempts");
        }
        return text.toString();
    }

    private static String reason(ItemException failure) {
        return switch (failure) {
            case TaskFailedException failed -> reasonOf(failed.getCause());
            case TaskTimeoutException late ->
                    "ran longer than " + Durations.text(late.limit());
            case WorkerDiedException died -> died.report().describe();
        };
    }

    private static String reasonOf(@Nullable Throwable cause) {
        return cause instanceof UnreadableLineException bad && bad.getMessage() != null
                ? bad.getMessage()
                : String.valueOf(cause);
    }

    /// Also without what a terminal would obey: an input may hold anything.
    private static String onOneLine(String text) {
        var line = text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " | ");
        return CONTROL.matcher(line).replaceAll(Failures::escape);
    }

    private static String escape(MatchResult control) {
        return "\\\\x%02x".formatted((int) control.group().charAt(0));
    }
}
