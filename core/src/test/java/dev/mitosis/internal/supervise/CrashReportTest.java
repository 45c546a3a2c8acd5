package dev.mitosis.internal.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A crash report may be written by whatever runs in a worker, and say anything.
class CrashReportTest {
    private static final String HEADING = "#\n# Problematic frame:\n";

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("hs_err_7.log");
    }

    private CrashReport of(String text) throws IOException {
        Files.writeString(file(), text);
        return CrashReport.find(directory, 7);
    }

    @Test
    void the_frame_is_what_follows_its_heading() throws IOException {
        assertEquals(new CrashReport(file(), "C  [libc.so.6+0x1]"), of(HEADING + "# C  [libc.so.6+0x1]\n#\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\n\n", "C  [libc.so.6+0x1]\n"})
    void what_is_no_comment_is_no_frame(String after) throws IOException {
        assertEquals(new CrashReport(file(), null), of(HEADING + after));
    }

    @Test
    void a_line_that_does_not_end_is_not_read_to_its_end() throws IOException {
        try (var endless = new RandomAccessFile(file().toFile(), "rw")) {
            endless.setLength(1L << 40); // takes no room
        }

        assertEquals(new CrashReport(file(), null), CrashReport.find(directory, 7));
    }

    @Test
    void no_report_is_none() {
        assertNull(CrashReport.find(directory, 7));
    }
}
