package dev.mitosis.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
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

    @Test
    void f29_what_cannot_be_looked_at_is_not_taken_for_a_change() throws Exception {
        var jar = Files.writeString(folder.resolve("a.jar"), "one");
        var entry = Files.createSymbolicLink(folder.resolve("link.jar"), jar);
        var before = Fingerprint.of(List.of(entry, jar));
        Files.delete(entry);
        Files.createSymbolicLink(entry, entry); // too many links, as there may be too many open files

        var now = Fingerprint.of(List.of(entry, jar));

        assertFalse(now.differsFrom(before));
        assertFalse(before.differsFrom(now));
        assertEquals(before, now.orIfUnknown(before), "what was known stays known");
        Files.writeString(jar, "two, longer");
        assertTrue(Fingerprint.of(List.of(entry, jar)).differsFrom(before), "the others are looked at");
        Files.delete(entry);
        assertTrue(Fingerprint.of(List.of(entry, jar)).differsFrom(now.orIfUnknown(before)), "missing is a change");
    }

    /// The program: it looks at a folder while no file can be opened.
    static final class Program {
        private Program() {}

        public static void main(String[] args) throws IOException {
            var entries = List.of(Path.of(args[0]));
            var before = Fingerprint.of(entries);
            System.out.println(Fingerprint.of(entries).differsFrom(before)); // all classes are loaded now
            var hoard = new ArrayList<FileInputStream>();
            try {
                while (true) {
                    hoard.add(new FileInputStream("/dev/null"));
                }
            } catch (FileNotFoundException e) {
                System.out.println(Fingerprint.of(entries).differsFrom(before) + " " + e.getMessage());
            }
        }
    }

    @Test
    @Tag("process")
    void f29_too_many_open_files_are_not_taken_for_a_change() throws Exception {
        Files.writeString(folder.resolve("A.class"), "one");
        var program = new ProcessBuilder("sh", "-c", "ulimit -n 100 && exec \"$@\"", "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-cp",
                System.getProperty("java.class.path"), Program.class.getName(), folder.toString())
                .redirectErrorStream(true).start();
        try (var output = program.inputReader()) {
            assertEquals(List.of("false", "false /dev/null (Too many open files)"), output.readAllLines());
        } finally {
            program.destroyForcibly().waitFor();
        }
    }
}
