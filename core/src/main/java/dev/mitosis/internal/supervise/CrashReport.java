package dev.mitosis.internal.supervise;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What the JVM itself wrote about a crash.
///
/// @param file the report
/// @param frame the problematic frame, if it names one
record CrashReport(Path file, @Nullable String frame) {
    private static final String HEADING = "# Problematic frame:";

    // What runs in the worker can write such a file, too, of any length; in a true one the frame is
    // among the first lines.
    private static final int HEAD = 64 << 10;

    /// Finds the report of a process.
    ///
    /// @param folder where reports are written
    /// @param pid the process
    /// @return the report, or null if there is none
    static @Nullable CrashReport find(Path folder, long pid) {
        var file = folder.resolve("hs_err_" + pid + ".log");
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try (var text = Files.newInputStream(file)) {
            var head = new String(text.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
            return new CrashReport(file, frame(head));
        } catch (IOException e) {
            return new CrashReport(file, null);
        }
    }

    private static @Nullable String frame(String head) {
        return head.lines().dropWhile(line -> !line.equals(HEADING)).skip(1).limit(1)
                .filter(line -> line.startsWith("#"))
                .map(line -> line.substring(1).strip()).findFirst().orElse(null);
    }
}
