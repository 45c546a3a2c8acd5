package dev.mitosis.share;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Backend;
import dev.mitosis.Pool;
import dev.mitosis.internal.launch.ShareFolder;
import dev.mitosis.testing.LeakCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class SharedMemoryTest {
    @Test
    void new_memory_is_zero_and_of_the_size_asked_for() {
        try (var memory = SharedMemory.create(3_000_001)) {
            var segment = memory.segment();
            assertEquals(3_000_001, memory.size());
            assertEquals(3_000_001, segment.byteSize());
            assertEquals(0, segment.elements(JAVA_BYTE).filter(b -> b.get(JAVA_BYTE, 0) != 0).count());
        }
    }

    @Test
    void an_interrupted_thread_makes_memory_and_stays_interrupted() {
        Thread.currentThread().interrupt();
        try (var memory = SharedMemory.create(8)) {
            assertEquals(8, memory.size());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void an_interrupted_thread_shares_a_value_and_stays_interrupted() {
        try (var pool = Pool.open(c -> c.withBackend(Backend.inline()))) {
            Thread.currentThread().interrupt();
            try (var shared = pool.share("value")) {
                assertEquals("value", shared.get());
            } finally {
                assertTrue(Thread.interrupted());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void a_size_below_one_byte_is_refused(long bytes) {
        var thrown = assertThrows(IllegalArgumentException.class, () -> SharedMemory.create(bytes));
        assertEquals("shared memory has at least one byte, got " + bytes, thrown.getMessage());
    }

    @Test
    void more_than_there_is_room_for_is_refused_in_words_and_leaves_nothing() {
        var thrown = assertThrows(UncheckedIOException.class, () -> SharedMemory.create(1L << 50));
        var text = thrown.getMessage();
        assertTrue(text.startsWith("1073741824 MiB of shared memory could not be made as "), text);
        assertTrue(text.contains(" MiB are free there; make the file system larger"
                + " (docker run --shm-size), or name another folder in all processes that use it"
                + " (-Dmitosis.share.folder)"), text);
    }

    @Test
    void memory_with_a_name_is_found_until_it_is_closed() throws IOException {
        var name = "memory-test-" + ProcessHandle.current().pid();
        try (var memory = SharedMemory.create(name, 8)) {
            memory.segment().set(JAVA_LONG, 0, 42);
            try (var found = SharedMemory.attach(name)) {
                assertEquals(42, found.segment().get(JAVA_LONG, 0));
                assertEquals(8, found.size());
            }
            assertEquals(42, memory.segment().get(JAVA_LONG, 0), "one handle was closed, not more");
            assertEquals(name + ": other memory has this name",
                    assertThrows(FileAlreadyExistsException.class,
                            () -> SharedMemory.create(name, 8)).getMessage());
        }
        assertEquals(name + ": no memory has this name", assertThrows(NoSuchFileException.class,
                () -> SharedMemory.attach(name)).getMessage());
        SharedMemory.create(name, 8).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", ".hidden", "-x", "a/b", "../a", "a b", "\0", "\u00e9"})
    void a_name_that_is_none_is_refused(String name) {
        var thrown = assertThrows(
                IllegalArgumentException.class, () -> SharedMemory.create(name, 8));
        assertEquals("a name has letters, digits, '.', '_' and '-', 200 at most, and does not begin"
                + " with '.' or '-'; got '" + name + "'", thrown.getMessage());
        assertThrows(IllegalArgumentException.class, () -> SharedMemory.attach(name));
    }

    @Test
    void a_file_of_the_users_is_read_and_not_written(@TempDir Path folder) throws IOException {
        var file = Files.write(folder.resolve("data"), new byte[] {1, 2, 3});
        try (var memory = SharedMemory.map(file)) {
            assertEquals(2, memory.segment().get(JAVA_BYTE, 1));
            assertTrue(memory.isReadOnly());
            assertThrows(RuntimeException.class, () -> memory.segment().set(JAVA_BYTE, 1, (byte) 9));
        }
        assertTrue(Files.exists(file), "the file is the user's");
    }

    @Test
    void what_is_written_to_a_private_map_stays_here(@TempDir Path folder) throws IOException {
        var file = Files.write(folder.resolve("data"), new byte[] {1, 2, 3});
        try (var memory = SharedMemory.mapPrivate(file)) {
            memory.segment().set(JAVA_BYTE, 1, (byte) 9);
            assertEquals(9, memory.segment().get(JAVA_BYTE, 1));
        }
        assertEquals(2, Files.readAllBytes(file)[1]);
    }

    @Test
    void each_private_map_begins_with_what_the_file_has(@TempDir Path folder) throws IOException {
        var file = Files.write(folder.resolve("data"), new byte[] {1, 2, 3});
        try (var first = SharedMemory.mapPrivate(file)) {
            first.segment().set(JAVA_BYTE, 1, (byte) 9);
            try (var second = SharedMemory.mapPrivate(file)) {
                assertEquals(2, second.segment().get(JAVA_BYTE, 1));
                assertEquals(9, first.readOnly().segment().get(JAVA_BYTE, 1));
            }
        }
    }

    @Test
    void a_file_that_has_taken_the_place_of_another_is_mapped_anew(@TempDir Path folder) throws IOException {
        var file = Files.write(folder.resolve("data"), new byte[] {1, 2, 3});
        try (var old = SharedMemory.map(file)) {
            Files.move(Files.write(folder.resolve("new"), new byte[] {4, 5, 6}), file,
                    StandardCopyOption.REPLACE_EXISTING);
            try (var changed = SharedMemory.map(file)) {
                assertEquals(5, changed.segment().get(JAVA_BYTE, 1));
                assertEquals(2, old.segment().get(JAVA_BYTE, 1), "who has mapped a file keeps it");
            }
        }
    }

    @Test
    void a_file_that_is_not_there_is_not_mapped(@TempDir Path folder) {
        assertThrows(NoSuchFileException.class, () -> SharedMemory.map(folder.resolve("none")));
    }

    @Test
    void no_handle_makes_this_process_open_any_other_file(@TempDir Path folder) throws IOException {
        var file = Files.write(folder.resolve("memory-secret"), new byte[8]);
        var handle = new Handle(file.toString(), 8, 0, false, Handle.MEMORY, 0, 0);
        var memory = (SharedMemory) handle.original();

        var thrown = assertThrows(UncheckedIOException.class, memory::segment);
        assertEquals("shared memory cannot be attached: " + file
                + " is not memory that a process of this user shares", thrown.getMessage());
    }

    @Test
    void thousands_of_memories_leave_neither_descriptor_nor_mapping() throws IOException {
        try (var kept = SharedMemory.create(4_096)) {
            for (int i = 0; i < 10_000; i++) {
                try (var memory = SharedMemory.create(4_096)) {
                    memory.segment().set(JAVA_BYTE, 0, (byte) 1);
                }
            }
            var folder = Path.of(((Handle) kept.standIn()).file()).getParent();
            assertEquals(1, mappings(folder), kept::toString);
        }
    }

    private static long mappings(Path folder) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains(folder + "/")).count();
        }
    }

    @Test
    void the_last_to_close_takes_the_folder_with_it() throws IOException {
        var one = SharedMemory.create(8);
        var other = SharedMemory.create(8);
        var folder = ((Handle) one.standIn()).file();
        one.close();
        assertTrue(Files.exists(Path.of(folder).getParent()));
        other.close();
        assertFalse(Files.exists(Path.of(folder).getParent()));
        ShareFolder.sweep(); // finds nothing, and does no harm
    }
}
