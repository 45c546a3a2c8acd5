package dev.mitosis.faults;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Outcome;
import dev.mitosis.Output;
import dev.mitosis.Pool;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.testing.Crash;
import dev.mitosis.testing.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.OptionalInt;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A worker that crashes by a bad access to memory.
@Tag("process")
@ExtendWith(LeakCheck.class)
class F8CrashProcessTest {
    /// The report outlives the pool; whoever has read it deletes it.
    private static void delete(Path report) throws IOException {
        try (var files = Files.walk(report.getParent())) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void f8_a_crash_is_reported_with_its_frame_and_the_path_of_the_jvms_report() throws Exception {
        WorkerDiedException failure;
        try (var pool = Pool.open(c -> c.withWorkers(1).withOutput(Output.discard()))) {
            failure = Assertions.assertThrows(
                    WorkerDiedException.class, () -> pool.apply(() -> Crash.now()));
            assertEquals(1, pool.stats().deaths());
            assertEquals(2, pool.apply(() -> 2), "the worker is replaced");
        }

        var report = failure.report();
        assertEquals(OptionalInt.of(134), report.exitCode());
        var frame = assertNotNullFrame(report.problematicFrame());
        var file = report.errorFile();
        assertNotNull(file);
        assertEquals("hs_err_" + report.pid() + ".log", file.getFileName().toString());
        assertTrue(Files.readString(file).contains("SIGSEGV"), "the JVM's own report is there after close");
        assertTrue(failure.getMessage().contains("; problematic frame: " + frame), failure.getMessage());
        assertTrue(failure.getMessage().contains("; the JVM's report is " + file), failure.getMessage());
        assertTrue(failure.getMessage().contains("SIGSEGV"), failure.getMessage());
        delete(file);
    }

    private static String assertNotNullFrame(String frame) {
        assertNotNull(frame);
        assertTrue(frame.matches("[CJVjv] .*"), frame);
        return frame;
    }

    @Test
    void f8_a_crash_in_the_middle_of_a_batch_fails_its_item_and_no_other() throws Exception {
        var all = new ArrayList<Outcome<Integer>>();
        try (var pool = Pool.open(c -> c.withWorkers(2).withOutput(Output.discard()));
                var outcomes = pool.with(o -> o.withChunkSize(6))
                        .outcomes(n -> n == 7 ? Crash.now() : n, upTo(12))) {
            outcomes.forEachRemaining(all::add);
        }

        for (int n = 0; n < 12; n++) {
            if (n != 7) {
                assertEquals(n, assertInstanceOf(Outcome.Ok.class, all.get(n)).value());
            }
        }
        var died = assertInstanceOf(Outcome.Died.class, all.get(7));
        assertEquals(7, died.report().index());
        delete(died.report().errorFile());
    }
}
