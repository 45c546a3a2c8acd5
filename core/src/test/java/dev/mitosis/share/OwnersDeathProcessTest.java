package dev.mitosis.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mitosis.Pool;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.LeakCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("process")
@ExtendWith(LeakCheck.class)
class OwnersDeathProcessTest {
    @Test
    void memory_that_a_worker_owns_is_used_by_the_caller_and_ends_with_the_worker() throws IOException {
        try (var pool = Pool.open(1)) {
            var array = pool.apply(() -> SharedLongs.of(1, 2, 3));
            var later = pool.apply(() -> SharedLongs.of(4));
            array.set(0, 10);
            assertEquals(10, array.get(0));

            var folder = Path.of(((Handle) array.standIn()).file()).getParent();
            assertThrows(WorkerDiedException.class, () -> pool.apply(
                    () -> Runtime.getRuntime().halt(3)));

            Eventually.holds("the folder of a dead owner is deleted", () -> Files.notExists(folder));
            assertEquals(2, array.get(1), "what was attached stays");
            assertThrows(IllegalStateException.class, () -> later.get(0));
        }
    }

    @Test
    void a_name_is_free_when_its_owner_was_killed() throws IOException {
        var name = "owners-death-" + ProcessHandle.current().pid();
        try (var pool = Pool.open(1)) {
            long pid = pool.apply(() -> {
                var _ = SharedMemory.create(name, 100);
                return ProcessHandle.current().pid();
            });
            SharedMemory.attach(name).close();
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());

            Eventually.holds("its name is free", () -> isFree(name)); // somebody else may be deleting it
            SharedMemory.create(name, 8).close();
        }
    }

    private static boolean isFree(String name) {
        try {
            SharedMemory.attach(name).close();
            return false;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_worker_that_leaves_takes_its_memory_with_it() throws IOException {
        var handle = new SharedLongs[1];
        try (var pool = Pool.open(1)) {
            handle[0] = pool.apply(() -> SharedLongs.of(1, 2, 3));
        }
        var folder = Path.of(((Handle) handle[0].standIn()).file()).getParent();
        Eventually.holds("the folder of a dead owner is deleted", () -> Files.notExists(folder));
    }
}
