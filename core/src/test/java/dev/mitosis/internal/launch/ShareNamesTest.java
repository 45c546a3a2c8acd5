package dev.mitosis.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mitosis.testing.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The names of shared memory, and what was left among them, in a folder where nobody else looks.
@ExtendWith(LeakCheck.class)
class ShareNamesTest {
    @TempDir
    private Path parent;

    private @Nullable String before;

    @BeforeEach
    void shareHere() {
        before = System.getProperty(ShareFolder.PROPERTY);
        System.setProperty(ShareFolder.PROPERTY, parent.toString());
    }

    @AfterEach
    void shareWhereItWas() {
        if (before == null) {
            System.clearProperty(ShareFolder.PROPERTY);
        } else {
            System.setProperty(ShareFolder.PROPERTY, before);
        }
    }

    private Path names() throws IOException {
        return parent.resolve("mitosis-names-" + Private.me().getName());
    }

    /// Shares memory under a name meanwhile.
    private void sharing(String name, Sharing sharing) throws IOException {
        var file = SharedFiles.IN_MEMORY.create();
        try {
            ShareNames.give(name, file);
            sharing.run(file);
            ShareNames.take(name, file);
        } finally {
            SharedFiles.IN_MEMORY.delete(file);
        }
    }

    /// What is done meanwhile.
    private interface Sharing {
        void run(Path file) throws IOException;
    }

    @Test
    void a_name_that_its_process_has_not_finished_is_deleted() throws IOException {
        sharing("one", file -> {
            var unfinished = Files.createFile(names().resolve(".memory-1"));
            ShareFolder.sweep();
            assertFalse(Files.exists(unfinished));
            assertEquals(file, ShareNames.find("one"));
        });
        assertFalse(Files.exists(names()));
    }

    @Test
    void an_entry_of_which_nobody_knows_what_it_is_keeps_nobody_from_sharing() throws IOException {
        sharing("one", file -> {
            var strange = List.of(
                    Files.createFile(names().resolve("empty")),
                    Files.writeString(names().resolve("root"), "/memory-1"),
                    Files.writeString(names().resolve("zero"), "memory-\0"),
                    Files.createDirectories(names().resolve("folder/in")).getParent(),
                    Files.createDirectories(names().resolve(".folder/in")).getParent());
            ShareFolder.sweep();
            assertEquals(file, ShareNames.find("one"));
            for (var entry : strange) {
                assertThrows(IOException.class, () -> ShareNames.find(entry.getFileName().toString()));
                Tree.delete(entry, _ -> false);
            }
        });
    }

    @Test
    void who_cannot_sweep_leaves_no_folder() throws IOException {
        Files.createFile(names());
        assertThrows(IOException.class, SharedFiles.IN_MEMORY::create);
        assertEquals(List.of(names()), Listing.of(parent, "*"));
    }
}
