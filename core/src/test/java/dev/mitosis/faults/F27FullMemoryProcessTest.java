package dev.mitosis.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.WorkerStartException;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// No room for the memory that a pool shares with its workers.
///
/// A limit on the size of files stands for a file system that is full: it fails the same write, needs no rights, and
/// is nobody else's trouble.
@Tag("process")
@ExtendWith(LeakCheck.class)
class F27FullMemoryProcessTest {
    private static final int TOO_LITTLE = 256 << 10; // for a ring, but not for anything else that is written

    /// The program: what it prints is what its user would see.
    static final class Program {
        private Program() {}

        public static void main(String[] args) throws Exception {
            try (var pool = Pool.open(1)) {
                System.out.println(attempt(pool));
                limitFiles(Integer.toString(TOO_LITTLE));
                if (args.length > 0) {
                    long pid = pool.apply(() -> ProcessHandle.current().pid());
                    Processes.kill9(pid);
                }
                System.out.println(attempt(pool));
                limitFiles("unlimited");
                System.out.println(attempt(pool));
            }
        }

        private static String attempt(Pool pool) {
            try {
                return "worked " + pool.apply(() -> 1);
            } catch (WorkerStartException e) {
                return e.getMessage();
            }
        }

        private static void limitFiles(String size) throws IOException, InterruptedException {
            int status = new ProcessBuilder("prlimit", "--pid", Long.toString(ProcessHandle.current().pid()),
                    "--fsize=" + size + ":").inheritIO().start().waitFor();
            if (status != 0) {
                throw new IOException("prlimit ended with " + status);
            }
        }
    }

    private static List<String> run(List<String> prefix, String... arguments) throws Exception {
        var command = new java.util.ArrayList<>(prefix);
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                Program.class.getName()));
        command.addAll(List.of(arguments));
        var program = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var output = program.inputReader()) {
            var lines = output.readAllLines();
            assertTrue(program.waitFor(20, TimeUnit.SECONDS));
            assertEquals(0, program.exitValue(), () -> "no signal ended it: " + lines);
            return lines;
        } finally {
            program.destroyForcibly().waitFor();
        }
    }

    private static void assertTellsFolderAndReason(String line) {
        assertTrue(line.startsWith("no worker can be started: the last of 3 attempts failed, "), line);
        assertTrue(line.matches(".*the memory of a link cannot be made in /\\S*/mitosis-\\S+: File too large"), line);
    }

    @Test
    void f27_no_room_for_a_new_worker_is_a_clear_error_and_the_pool_recovers() throws Exception {
        var lines = run(List.of(), "kill");

        assertEquals("worked 1", lines.getFirst());
        assertTellsFolderAndReason(lines.get(1));
        assertEquals("worked 1", lines.get(2), "as soon as there is room again");
    }

    @Test
    void f27_no_room_for_the_first_worker_is_a_clear_error() throws Exception {
        var lines = run(List.of("prlimit", "--fsize=" + TOO_LITTLE + ":"));

        assertTellsFolderAndReason(lines.get(0));
        assertTellsFolderAndReason(lines.get(1));
        assertEquals("worked 1", lines.get(2), "as soon as there is room again");
    }
}
