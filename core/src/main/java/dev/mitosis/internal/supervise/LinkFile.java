package dev.mitosis.internal.supervise;

import dev.mitosis.internal.link.LinkMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The memory of a link, and its file, which stays only until the worker has mapped it.
final class LinkFile {
    private final Path path;
    private final LinkMemory memory;

    private LinkFile(Path path, LinkMemory memory) {
        this.path = path;
        this.memory = memory;
    }

    /// Makes the file and maps it.
    ///
    /// @throws IOException if there is no room for it; then nothing is left
    static LinkFile create(Path path) throws IOException {
        try {
            return new LinkFile(path, LinkMemory.create(path));
        } catch (IOException e) {
            delete(path);
            throw new IOException("the memory of a link cannot be made in " + path.getParent()
                    + ": " + e.getMessage(), e);
        }
    }

    LinkMemory memory() {
        return memory;
    }

    void unlink() {
        delete(path);
    }

    void close() {
        memory.close();
        unlink();
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.WARNING,
                    "the memory of a link could not be unlinked", e);
        }
    }
}
