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
        try (var lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            String frame = null;
            for (String line; frame == null && (line = lines.readLine()) != null; ) {
                frame = line.equals(HEADING) ? lines.readLine() : null;
            }
            return new CrashReport(file, frame == null ? null : frame.substring(1).strip());
        } catch (IOException e) {
            return new CrashReport(file, null);
        }
    }
}
