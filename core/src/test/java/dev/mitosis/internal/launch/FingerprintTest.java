package dev.mitosis.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
    @TempDir Path folder;

    @Test
    void a_changed_jar_is_seen() throws Exception {
        var jar = Files.writeString(folder.resolve("a.jar"), "one");
        var before = Fingerprint.of(List.of(jar));
        assertEquals(before, Fingerprint.of(List.of(jar)));
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1));
        assertNotEquals(before, Fingerprint.of(List.of(jar)));
    }

    @Test
    void a_class_that_is_compiled_again_is_seen() throws Exception {
        var file = Files.createDirectories(folder.resolve("com/example")).resolve("A.class");
        Files.writeString(file, "one");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
        var before = Fingerprint.of(List.of(folder));
        Files.setLastModifiedTime(file, FileTime.fromMillis(2000));
        assertNotEquals(before, Fingerprint.of(List.of(folder)));
    }

    @Test
    void a_log_beside_the_classes_does_not_count() throws Exception {
        var before = Fingerprint.of(List.of(folder));
        Files.writeString(folder.resolve("app.log"), "line");
        assertEquals(before, Fingerprint.of(List.of(folder)));
    }

    @Test
    void a_missing_entry_that_appears_is_seen() throws Exception {
        var jar = folder.resolve("a.jar");
        var before = Fingerprint.of(List.of(jar));
        Files.writeString(jar, "one");
        assertNotEquals(before, Fingerprint.of(List.of(jar)));
    }
}
