package dev.mitosis.workers;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Output;
import dev.mitosis.Pool;
import dev.mitosis.PoolConfig;
import dev.mitosis.WorkerStartException;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.SideBySide;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// How workers are started: flags, environment, folder, prefix; and where their output goes.
@Tag("process")
@ExtendWith(LeakCheck.class)
class LaunchProcessTest {
    private static final int PIECE = 65_536; // as the Javadoc of Output says

    @TempDir
    Path directory;

    private static Pool one(UnaryOperator<PoolConfig> edit) {
        return Pool.open(c -> edit.apply(c.withWorkers(1)));
    }

    @Test
    @SideBySide
    void workers_get_variables_on_top_of_the_inherited_ones() {
        try (var pool = one(c -> c.withEnvironment(Map.of("COLOUR", "red")))) {
            assertEquals("red", pool.apply(() -> System.getenv("COLOUR")));
            assertEquals(System.getenv("PATH"), pool.apply(() -> System.getenv("PATH")));
        }
    }

    @Test
    @SideBySide
    void workers_inherit_nothing_into_a_clean_environment() {
        try (var pool = one(c -> c.withCleanEnvironment().withEnvironment(Map.of("COLOUR", "red")))) {
            assertEquals("red", pool.apply(() -> System.getenv("COLOUR")));
            assertNull(pool.apply(() -> System.getenv("HOME")));
        }
    }

    @Test
    @SideBySide
    void workers_run_in_the_directory_of_this_jvm_or_another() {
        try (var pool = one(c -> c)) {
            assertEquals(Path.of("").toAbsolutePath(), pool.apply(() -> Path.of("").toAbsolutePath()));
        }
        try (var pool = one(c -> c.withWorkingDirectory(directory))) {
            assertEquals(directory, pool.apply(() -> Path.of("").toAbsolutePath()));
        }
    }

    @Test
    @SideBySide
    void workers_get_flags_and_a_heap() {
        try (var pool = one(c -> c.withJvmArgs("-Dcolour=dark red", "-XX:TieredStopAtLevel=1").withHeap("64m"))) {
            assertEquals("dark red", pool.apply(() -> System.getProperty("colour")));
            long heap = pool.apply(() -> Runtime.getRuntime().maxMemory());
            assertTrue(heap > 32L << 20 && heap <= 64L << 20, "a heap of " + heap);
        }
    }

    @Test
    @SideBySide
    void workers_find_what_is_on_the_added_class_path() throws Exception {
        Files.writeString(directory.resolve("colour.txt"), "green");

        try (var pool = one(c -> c.withClassPath(directory))) {
            assertEquals("green", pool.apply(() -> {
                try (var in = ClassLoader.getSystemResourceAsStream("colour.txt")) {
                    return new String(in.readAllBytes());
                }
            }));
        }
    }

    @Test
    @SideBySide
    void workers_are_started_through_a_prefix() {
        try (var pool = one(c -> c.withLaunchPrefix("env", "PREFIXED=yes"))) {
            assertEquals("yes", pool.apply(() -> System.getenv("PREFIXED")));
        }
    }

    @Test
    @SideBySide
    void workers_run_on_the_java_home_given() {
        var home = Path.of(System.getProperty("java.home"));

        try (var pool = one(c -> c.withJavaHome(home))) {
            assertEquals(home.toString(), pool.apply(() -> System.getProperty("java.home")));
        }
    }

    @Test
    @SideBySide
    void f22_lines_of_output_are_handed_on_with_their_worker() {
        var lines = new CopyOnWriteArrayList<String>();

        try (var pool = one(c -> c.withOutput((worker, error, line) -> lines.add(worker + " " + error + " " + line)))) {
            pool.apply(() -> {
                System.out.println("to the output\u00e9");
                System.err.println("to the error");
            });
        }

        Eventually.holds("both lines came: " + lines,
                () -> lines.contains("0 false to the output\u00e9") && lines.contains("0 true to the error"));
    }

    @Test
    @SideBySide
    void output_that_ends_without_a_line_end_is_handed_on_too() {
        var lines = new CopyOnWriteArrayList<String>();

        try (var pool = one(c -> c.withOutput((worker, error, line) -> lines.add(line)))) {
            pool.apply(() -> {
                System.out.print("unfinished");
                System.out.flush();
            });
        }

        Eventually.holds("the rest came: " + lines, () -> lines.contains("unfinished"));
    }

    @Test
    @SideBySide
    void f22_output_without_any_line_end_comes_in_pieces_while_it_is_printed() {
        var pieces = new CopyOnWriteArrayList<String>();
        var text = "0123456789".repeat(30_000);

        try (var pool = one(c -> c.withOutput((_, error, line) -> {
            if (!error) {
                pieces.add(line);
            }
        }))) {
            pool.apply(() -> {
                System.out.print(text);
                System.out.flush();
            });
            Eventually.holds("what fills a piece came", () -> pieces.size() == text.length() / PIECE);
        }

        Eventually.holds("the rest came: " + pieces.size(), () -> String.join("", pieces).equals(text));
        pieces.removeLast();
        pieces.forEach(piece -> assertEquals(PIECE, piece.length()));
    }

    @Test
    @SideBySide
    void f22_output_that_throws_harms_nothing() {
        Output bad = (_, _, _) -> {
            throw new IllegalStateException("on purpose");
        };

        try (var pool = one(c -> c.withOutput(bad))) {
            assertEquals(upTo(3), pool.map(n -> {
                System.out.println("lost");
                return n;
            }, upTo(3)));
        }
    }

    @Test
    @SideBySide
    void f22_a_flood_of_output_harms_nothing() {
        var characters = new LongAdder();

        try (var pool = one(c -> c.withOutput((_, _, line) -> characters.add(line.length())))) {
            assertEquals(upTo(200), pool.map(n -> {
                System.out.println("x".repeat(10_000));
                return n;
            }, upTo(200)));
        }

        Eventually.holds("all of it came", () -> characters.sum() >= 2_000_000);
    }

    @Test
    @SideBySide
    void f22_raw_bytes_on_the_output_are_never_taken_for_an_answer() {
        try (var pool = one(c -> c.withOutput(Output.discard()).withJvmArgs("-Xlog:gc"))) {
            assertEquals(upTo(100), pool.map(n -> {
                System.out.write(new byte[] {0, n.byteValue(), -1, 127, '\r'});
                System.out.flush();
                return n;
            }, upTo(100)));
        }
    }

    @Test
    @SideBySide
    void f15_a_flag_that_the_jvm_refuses_fails_every_call_with_its_own_words() {
        try (var pool = one(c -> c.withJvmArgs("-XX:+NoSuchFlag").withStartTimeout(Duration.ofSeconds(20)))) {
            var failure = assertThrows(WorkerStartException.class, () -> pool.apply(() -> 1));

            assertTrue(failure.getMessage().contains("NoSuchFlag"), failure.getMessage());
        }
    }

    @Test
    @SideBySide
    void f15_a_prefix_that_does_not_exist_fails_every_call() {
        try (var pool = one(c -> c.withLaunchPrefix("/no/such/command"))) {
            var failure = assertThrows(WorkerStartException.class, () -> pool.map(n -> n, List.of(1)));

            assertTrue(failure.getMessage().contains("/no/such/command"), failure.getMessage());
        }
    }

    @Test
    @SideBySide
    void f15_workers_that_hang_at_the_start_fail_every_call() {
        try (var pool = one(c -> c.withLaunchPrefix("sh", "-c", "exec sleep 1000")
                .withStartTimeout(Duration.ofMillis(300)))) {
            assertThrows(WorkerStartException.class, () -> pool.apply(() -> 1));
        }
    }
}
