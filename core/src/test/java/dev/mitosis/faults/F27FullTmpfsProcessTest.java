package dev.mitosis.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mitosis.Pool;
import dev.mitosis.WorkerStartException;
import dev.mitosis.internal.link.Control;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Processes;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A `/dev/shm` that really is full: one of the program's own, which nobody else sees.
@Tag("process")
@ExtendWith(LeakCheck.class)
class F27FullTmpfsProcessTest {
    private static List<String> unshare; // the command that gives a program file systems of its own

    /// The program: what it prints is what its user would see.
    static final class Program {
        private static final String FILLER = "/dev/shm/filler";

        private Program() {}

        public static void main(String[] args) throws Exception {
            if (args[0].equals("before")) {
                fill();
            }
            try (var pool = Pool.open(1)) {
                System.out.println(pool.apply(() -> System.getenv(Control.MEMORY)));
                fill();
                System.out.println(attempt(pool));
                var filling = Thread.ofPlatform().start(Program::keepFull);
                String said;
                do { // where it is to fail the next worker may be quicker than who fills
                    Processes.kill9(pool.apply(() -> ProcessHandle.current().pid()));
                    said = attempt(pool);
                } while (args[0].equals("later") && said.startsWith("worked"));
                System.out.println(said);
                filling.interrupt();
                filling.join();
                Files.delete(Path.of(FILLER));
                System.out.println(attempt(pool));
            }
        }

        /// Fills both rings more than once.
        private static String attempt(Pool pool) {
            try {
                return "worked " + pool.apply(bytes -> bytes, new byte[9 << 20]).length;
            } catch (WorkerStartException e) {
                return e.getMessage();
            }
        }

        /// Takes, at once, what a dead worker gives back: it would be just enough for the next.
        private static void keepFull() {
            while (!Thread.currentThread().isInterrupted()) {
                fill();
            }
        }

        private static void fill() {
            try (var filler = new FileOutputStream(FILLER, true)) {
                while (true) {
                    filler.write(new byte[4 << 10]);
                }
            } catch (IOException e) {
                if (!"No space left on device".equals(e.getMessage())) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @BeforeAll
    static void findOutHowToMount() throws Exception {
        for (var command : List.of(List.of("unshare", "-m"), List.of("unshare", "-r", "-m"))) {
            if (unshare == null && mounts(command)) {
                unshare = command;
            }
        }
        assumeTrue(unshare != null, "no tmpfs can be mounted here: neither root's rights nor a namespace of a user");
    }

    private static boolean mounts(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(with(command, "1m", "true")).start().waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no such command
        }
    }

    private static List<String> with(List<String> command, String size, String... program) {
        var all = new ArrayList<>(command);
        all.addAll(List.of("sh", "-c", "mount -t tmpfs -o size=" + size + " none /dev/shm && exec \"$@\"", "sh"));
        all.addAll(List.of(program));
        return all;
    }

    private static List<String> run(String size, String when) throws Exception {
        var program = new ProcessBuilder(with(unshare, size,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Program.class.getName(), when))
                .redirectErrorStream(true).start();
        try (var output = program.inputReader()) {
            var lines = output.readAllLines();
            assertTrue(program.waitFor(20, TimeUnit.SECONDS));
            assertEquals(0, program.exitValue(), () -> "no signal ended it: " + lines);
            return lines;
        } finally {
            program.destroyForcibly().waitFor();
        }
    }

    @Test
    void f27_a_full_file_system_in_memory_is_left_alone() throws Exception {
        var lines = run("4m", "before");

        assertFalse(lines.getFirst().startsWith("/dev/shm/"), lines::toString);
        assertEquals(List.of("worked 9437184", "worked 9437184", "worked 9437184"), lines.subList(1, 4));
    }

    @Test
    void f27_one_that_fills_up_under_a_pool_is_a_clear_error_for_the_next_worker_alone() throws Exception {
        var lines = run("80m", "later");
        var error = lines.get(2);

        assertTrue(lines.getFirst().startsWith("/dev/shm/mitosis-"), lines::toString);
        assertEquals("worked 9437184", lines.get(1), "what is mapped already has its room");
        assertTrue(error.startsWith("no worker can be started: the last of 3 attempts failed, "), error);
        assertTrue(error.matches(
                ".*the memory of a link cannot be made in /dev/shm/mitosis-\\S+: No space left on device"), error);
        assertEquals("worked 9437184", lines.get(3), "as soon as there is room again");
    }
}
