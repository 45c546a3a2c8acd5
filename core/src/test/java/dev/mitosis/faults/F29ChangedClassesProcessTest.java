package dev.mitosis.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.PoolStats;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.LeakCheck;
import dev.mitosis.testing.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Class files that change while a pool is open.
@Tag("process")
@ExtendWith(LeakCheck.class)
class F29ChangedClassesProcessTest {
    private static final Logger LOGGER = Logger.getLogger("dev.mitosis"); // held, or it would forget its handler

    @TempDir
    Path directory;

    private final Warnings warnings = new Warnings();

    private static final class Warnings extends Handler {
        private final List<String> messages = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            messages.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() {
        LOGGER.addHandler(warnings);
    }

    @AfterEach
    void listenNoMore() {
        LOGGER.removeHandler(warnings);
    }

    /// Puts a version of the class in place, as a build does.
    private Path compile(String version) throws IOException {
        var source = Files.writeString(directory.resolve("Code.java"),
                "public class Code { public static String version() { return \"" + version + "\"; } }");
        var classes = Files.createDirectories(directory.resolve("classes"));
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null,
                "-proc:none", "-d", classes.toString(), source.toString());
        assertEquals(0, status);
        return classes;
    }

    private static String versionHere() throws ReflectiveOperationException {
        return (String) Class.forName("Code").getMethod("version").invoke(null);
    }

    /// {@return what each of the two workers runs}
    private static List<String> versions(Pool pool) {
        try (var gate = Gate.create(); var all = openTo(gate, pool)) {
            var visitors = List.of(gate.arrival(), gate.arrival());
            assertEquals(2, visitors.stream().map(Gate.Visitor::pid).distinct().count());
            visitors.forEach(Gate.Visitor::release);
            return List.of(all.next(), all.next());
        }
    }

    private static dev.mitosis.Results<String> openTo(Gate gate, Pool pool) {
        var door = gate.door();
        return pool.imap(n -> door.pass(n) + versionHere(), List.of("", ""), 1);
    }

    private static Set<Long> pids(Pool pool) {
        return pool.stats().workers().stream().map(PoolStats.Worker::pid).collect(Collectors.toSet());
    }

    private static boolean areAllIdle(Pool pool) {
        return pool.stats().workers().stream().allMatch(worker -> worker.state().equals("idle"));
    }

    @Test
    void f29_all_workers_are_replaced_at_the_next_start_so_that_they_run_the_same_code() throws Exception {
        var classes = compile("one");
        try (var pool = Pool.open(c -> c.withWorkers(2).withClassPath(classes))) {
            assertEquals(List.of("one", "one"), versions(pool));
            var before = pids(pool);
            compile("two");
            assertEquals(List.of("one", "one"), versions(pool), "nobody looks while nobody starts");

            Processes.kill9(before.iterator().next());

            Eventually.holds("both are new", () -> {
                var now = pids(pool);
                return areAllIdle(pool) && now.stream().noneMatch(before::contains) && now.size() == 2;
            });
            assertEquals(List.of("two", "two"), versions(pool));
            assertEquals(1, pool.stats().deaths(), "who is replaced has not died");
            assertTrue(warnings.messages.contains("class files have changed since the workers of this pool were"
                    + " started; all of them are replaced, so that they run the same code"),
                    warnings.messages.toString());
        }
    }

    @Test
    void f29_a_start_without_a_change_replaces_nobody() throws Exception {
        var classes = compile("one");
        try (var pool = Pool.open(c -> c.withWorkers(2).withClassPath(classes))) {
            assertEquals(List.of("one", "one"), versions(pool));
            var before = pids(pool);
            long killed = before.iterator().next();

            Processes.kill9(killed);

            Eventually.holds("it is replaced", () -> areAllIdle(pool) && !pids(pool).contains(killed));
            assertEquals(List.of("one", "one"), versions(pool));
            assertEquals(1, pids(pool).stream().filter(before::contains).count(), "the other one has stayed");
            assertEquals(List.of(), warnings.messages);
        }
    }
}
