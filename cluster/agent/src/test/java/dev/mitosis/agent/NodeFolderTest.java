package dev.mitosis.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFolderTest {
    @TempDir
    Path parent;

    private NodeFolder own;

    @BeforeEach
    void create() throws IOException {
        own = NodeFolder.create(parent);
    }

    @AfterEach
    void close() {
        own.close();
    }

    /// Makes what a JVM leaves behind that is killed, but for its lock.
    private Path left(String permissions) throws IOException {
        var folder = Files.createDirectory(parent.resolve(NodeFolder.PREFIX + "1-a-1"));
        Files.createDirectories(folder.resolve("host/more"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
        return folder;
    }

    private static Path withLock(Path folder) throws IOException {
        Files.createFile(folder.resolve(NodeFolder.LOCK));
        return folder;
    }

    @Test
    void what_a_JVM_has_left_behind_is_deleted() throws IOException {
        var folder = withLock(left("rwx------"));
        own.sweepOthers();
        assertFalse(Files.exists(folder));
    }

    @Test
    void what_was_not_whole_when_its_JVM_was_killed_is_deleted_after_an_hour() throws IOException {
        var hidden = Files.move(left("rwx------"), parent.resolve("." + NodeFolder.PREFIX + "1-a-1"));
        Files.setLastModifiedTime(hidden, FileTime.from(Instant.now().minus(Duration.ofMinutes(59))));
        own.sweepOthers();
        assertTrue(Files.exists(hidden));
        Files.setLastModifiedTime(hidden, FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
        own.sweepOthers();
        assertFalse(Files.exists(hidden));
    }

    @Test
    void what_others_can_write_to_is_left_alone() throws IOException {
        var folder = withLock(left("rwxrwxrwx"));
        own.sweepOthers();
        assertTrue(Files.exists(folder.resolve("host/more")));
    }

    @Test
    void a_link_is_left_alone() throws IOException {
        var folder = Files.move(withLock(left("rwx------")), parent.resolve("elsewhere"));
        Files.createSymbolicLink(parent.resolve(NodeFolder.PREFIX + "1-a-1"), folder);
        own.sweepOthers();
        assertTrue(Files.exists(folder.resolve("host/more")));
    }

    @Test
    void a_lock_that_is_a_link_is_not_followed() throws IOException {
        var folder = left("rwx------");
        var file = Files.createFile(parent.resolve("file"));
        Files.createSymbolicLink(folder.resolve(NodeFolder.LOCK), file);
        own.sweepOthers();
        assertTrue(Files.exists(folder.resolve("host/more")));
    }

    @Test
    void a_lock_that_is_a_pipe_is_not_waited_for() throws Exception {
        var folder = left("rwx------");
        assertEquals(0, new ProcessBuilder("mkfifo", folder.resolve(NodeFolder.LOCK).toString()).start().waitFor());
        own.sweepOthers();
        assertTrue(Files.exists(folder.resolve("host/more")));
    }

    @Test
    void one_of_the_same_process_is_left_alone() throws IOException {
        try (var other = NodeFolder.create(parent)) {
            own.sweepOthers();
            assertTrue(other.isThere());
        }
    }

    @Test
    void it_is_there_until_somebody_deletes_it() throws IOException {
        assertTrue(own.isThere());
        NodeFolder.delete(own.path());
        assertFalse(own.isThere());
        Files.createSymbolicLink(own.path(), parent);
        assertFalse(own.isThere());
    }
}
