package dev.mitosis.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.WorkerStartException;
import dev.mitosis.testing.LeakCheck;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The caller's JVM has as many files open as it may have, just when a worker connects to it.
@Tag("process")
@ExtendWith(LeakCheck.class)
class F15ManyFilesProcessTest {
    @TempDir
    Path directory;

    private Path door; // a pipe with a name, from which a worker's launch reads a line before it goes on

    @BeforeEach
    void makeDoor() throws Exception {
        door = directory.resolve("door");
        assertEquals(0, new ProcessBuilder("mkfifo", door.toString()).inheritIO().start().waitFor());
    }

    /// The program: it prints what its user would see, and what is logged.
    static final class Program {
        private final BlockingQueue<String> printed = new LinkedBlockingQueue<>();
        private final Log log = new Log();

        public static void main(String[] args) throws Exception {
            loadLibrary();
            new Program().run(args[0], args[1].equals("soon"));
        }

        /// No class can be loaded from a folder while no file can be opened.
        private static void loadLibrary() throws Exception {
            var root = Path.of(Pool.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(root)) {
                try (var files = Files.walk(root.resolve("dev"))) {
                    files.map(file -> root.relativize(file).toString()).filter(name -> name.endsWith(".class"))
                            .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
                            .forEach(Program::load);
                }
            }
        }

        private static void load(String name) {
            try {
                Class.forName(name, false, Program.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                throw new AssertionError(e);
            }
        }

        private void run(String door, boolean soonBetter) throws Exception {
            log.listen();
            try (var opener = new RandomAccessFile(door, "rw");
                    var pool = Pool.open(c -> c.withWorkers(1).withStartTimeout(Duration.ofSeconds(10))
                            .withOutput((worker, error, line) -> printed.add(line))
                            .withLaunchPrefix("sh", "-c", "echo launched; read go <" + door + "; exec \"$@\"", "sh"))) {
                var task = pool.applyAsync(() -> 1);
                printed.take();
                var hoarder = Hoarder.start();
                opener.writeBytes("go\n");
                log.await("workers cannot connect");
                hoarder.stop();
                if (soonBetter) {
                    hoarder.giveBack();
                }
                System.out.println(result(task::join));
                hoarder.giveBack();
                opener.writeBytes("go\n");
                System.out.println(result(() -> pool.apply(() -> 2)));
            }
        }

        private static String result(IntSupplier call) {
            try {
                return "worked " + call.getAsInt();
            } catch (WorkerStartException e) {
                return e.getMessage();
            } catch (CompletionException e) {
                return e.getCause().getMessage();
            }
        }
    }

    /// Opens every file that can be opened, as soon as it can be.
    static final class Hoarder {
        private final List<FileInputStream> hoard = new ArrayList<>(); // of its thread, until that has ended
        private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);

        static Hoarder start() {
            var hoarder = new Hoarder();
            hoarder.thread.start();
            return hoarder;
        }

        private void run() {
            while (!Thread.currentThread().isInterrupted()) {
                take();
                LockSupport.parkNanos(1_000_000);
            }
        }

        private void take() {
            try {
                while (true) {
                    hoard.add(new FileInputStream("/dev/null"));
                }
            } catch (FileNotFoundException e) {
                // too many open files
            }
        }

        /// Opens no more, and keeps what it has.
        void stop() throws InterruptedException {
            thread.interrupt();
            thread.join();
        }

        void giveBack() throws IOException {
            for (var open : hoard) {
                open.close();
            }
        }
    }

    /// What the library logs.
    static final class Log extends Handler {
        private final Logger logger = Logger.getLogger("dev.mitosis");
        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

        void listen() {
            logger.setLevel(Level.ALL);
            logger.setUseParentHandlers(false);
            logger.addHandler(this);
        }

        void await(String beginning) throws InterruptedException {
            while (!messages.take().startsWith(beginning)) {
                // it comes
            }
        }

        @Override
        public void publish(LogRecord entry) {
            messages.add(entry.getMessage());
            System.out.println("log: " + entry.getMessage().replace("\n", " ")); // one line
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private List<String> run(String when) throws Exception {
        var program = new ProcessBuilder("sh", "-c", "ulimit -n 160 && exec \"$@\"", "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Program.class.getName(),
                door.toString(), when)
                .redirectErrorStream(true).start();
        try (var output = program.inputReader()) {
            var lines = output.readAllLines();
            assertTrue(program.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, program.exitValue(), () -> String.join("\n", lines));
            return lines;
        } finally {
            program.destroyForcibly().waitFor();
        }
    }

    private static List<String> results(List<String> lines) {
        return lines.stream().filter(line -> !line.startsWith("log: ")).toList();
    }

    @Test
    void f15_a_worker_that_could_not_connect_connects_as_soon_as_a_file_can_be_opened() throws Exception {
        var lines = run("soon");

        assertEquals(List.of("worked 1", "worked 2"), results(lines), () -> String.join("\n", lines));
        assertEquals(1, lines.stream().filter(line -> line.startsWith("log: workers cannot connect")).count(),
                () -> "said once, not again and again: " + String.join("\n", lines));
    }

    @Test
    void f15_while_no_file_can_be_opened_calls_fail_by_the_start_time_out_and_say_why() throws Exception {
        var lines = run("later");

        var message = results(lines).getFirst();
        assertTrue(message.startsWith("no worker can be started: the last of 3 attempts failed, the process could not"
                + " be started: the worker's process cannot be started: "), message);
        assertTrue(message.contains(": too many open files: starting a process takes up to 16, and this one can open"),
                message);
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("log: a worker could not be started: ")
                && line.contains("it did not start within PT10S; its connections could not be accepted: "
                                + "java.io.IOException: Too many")),
                () -> String.join("\n", lines));
        assertTrue(lines.contains("worked 2"), () -> "as soon as there is room again: " + lines);
    }
}
