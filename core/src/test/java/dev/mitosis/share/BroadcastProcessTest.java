package dev.mitosis.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.TaskFailedException;
import dev.mitosis.internal.launch.ShareFolder;
import dev.mitosis.internal.launch.SharedFiles;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.LeakCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("process")
@ExtendWith(LeakCheck.class)
class BroadcastProcessTest {
    private static final int LARGE = 256 << 20; // more than the young generation has room for

    @Test
    void a_value_is_read_once_by_each_worker_and_given_back_when_it_is_closed() {
        byte[] bytes = new byte[LARGE];
        new Random(1).nextBytes(bytes);
        int last = bytes[LARGE - 1];
        try (var gate = Gate.create(); var pool = Pool.open(2)) {
            var shared = pool.share(bytes);
            var door = gate.door();
            var both = pool.mapAsync(i -> door.pass(i) + shared.get().length, List.of(0, 1), 1);
            List.of(gate.arrivalOf(0), gate.arrivalOf(1)).forEach(Gate.Visitor::release);
            assertEquals(List.of(LARGE, LARGE + 1), both.join());
            var sums = pool.map(i -> (int) shared.get()[LARGE - 1],
                    IntStream.range(0, 10_000).boxed().toList(), 1);

            assertTrue(sums.stream().allMatch(each -> each == last));
            Eventually.holds("both have told that they read it", () -> pool.stats().bytesSent() >= 2L * LARGE);
            long sent = pool.stats().bytesSent();
            assertTrue(sent < 2L * LARGE + (2 << 20), "sent " + sent);
            long resident = residentOfAll(pool);
            assertTrue(resident > 2L * LARGE, "resident " + resident);

            shared.close();
            Eventually.holds("the workers give its memory back",
                    () -> residentOfAll(pool) < resident - 3L * LARGE / 2);
        }
    }

    /// What both workers have of memory of their own, bytes.
    private static long residentOfAll(Pool pool) {
        return pool.stats().workers().stream().mapToLong(worker -> resident(worker.pid())).sum();
    }

    private static long resident(long pid) {
        try {
            for (var line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("RssAnon:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
                }
            }
            throw new IllegalStateException("no RssAnon of " + pid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_worker_that_has_the_handle_of_a_closed_value_is_told_so() {
        try (var pool = Pool.open(1)) {
            var shared = pool.share("text");
            pool.apply(() -> {
                Kept.shared = shared;
                return shared.get();
            });
            shared.close();
            Eventually.holds("the worker lets go of it",
                    () -> pool.apply(() -> Kept.isGone()));
            var thrown = assertThrows(
                    TaskFailedException.class, () -> pool.apply(() -> Kept.shared.get()));
            assertEquals("a shared value is gone: who shared it has closed it, or has ended",
                    thrown.getCause().getMessage());
        }
    }

    /// What a task keeps in its worker.
    static final class Kept {
        private static Shared<String> shared;

        private Kept() {}

        static boolean isGone() {
            try {
                shared.get();
                return false;
            } catch (IllegalStateException e) {
                return true;
            }
        }
    }

    @Test
    void shared_memory_that_was_closed_is_unmapped_in_the_workers() {
        try (var pool = Pool.open(1)) {
            var array = SharedLongs.create(8 << 20);
            pool.apply(() -> array.set(0, 1));
            assertTrue(pool.apply(() -> Mappings.any()));
            array.close();
            Eventually.holds("the worker unmaps it", () -> !pool.apply(() -> Mappings.any()));
            assertFalse(pool.apply(() -> Mappings.any()));
        }
    }

    /// What a process has mapped.
    static final class Mappings {
        private Mappings() {}

        static boolean any() throws IOException {
            try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
                return lines.anyMatch(line -> line.contains("/memory-"));
            }
        }
    }

    @Test
    void a_worker_reads_what_memory_had_no_room_for() throws IOException {
        var file = SharedFiles.IN_TEMP.create();
        var text = file.toString();
        try (var pool = Pool.open(1)) {
            pool.apply(() -> ShareFolder.requireShared(Path.of(text)));
        } finally {
            SharedFiles.IN_TEMP.delete(file);
        }
    }
}
