package dev.mitosis.internal.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// The folder of the files that this process shares with others, gone when this process is.
///
/// ```text
///   /dev/shm/mitosis-<pid>-<start>-<random>/memory-<random>
/// ```
/// What a killed process left behind is deleted when the next makes such a folder, or opens a pool.
/// [SharedFiles] makes it.
public final class ShareFolder implements AutoCloseable {
    /// Names another parent folder; both sides must say the same.
    public static final String PROPERTY = "mitosis.share.folder";

    static final String TEMP = "mitosis.share.temp"; // set for workers

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final String PREFIX = "mitosis-";
    private static final String FILE = "memory-";

    private final OwnedFolder folder;

    private ShareFolder(OwnedFolder folder) {
        this.folder = folder;
    }

    /// Makes the folder of this process, then sweeps what others left behind.
    static ShareFolder open(Path parent) throws IOException {
        var folder = new ShareFolder(OwnedFolder.create(parent));
        try {
            sweep();
            return folder;
        } catch (IOException | RuntimeException | Error e) {
            folder.close();
            throw e;
        }
    }

    /// Deletes the memory of processes that are gone.
    ///
    /// @throws IOException if this process's user is not known, or names cannot be looked up
    public static void sweep() throws IOException {
        for (var parent : parents()) {
            var _ = PoolFolders.sweep(parent, Private.me());
        }
        ShareNames.sweep();
    }

    /// Deletes the memory of one process that is gone.
    ///
    /// @param pid its pid
    /// @throws IOException if that cannot be looked up
    static void sweep(long pid) throws IOException {
        for (var parent : parents()) {
            for (var folder : Listing.of(parent, PREFIX + pid + "-*")) {
                var _ = OwnedFolder.sweep(folder, Private.me());
            }
        }
    }

    private static Set<Path> parents() {
        return new HashSet<>(List.of(parent(), temp())); // perhaps the same
    }

    /// {@return where such folders are, for memory}
    public static Path parent() {
        var chosen = System.getProperty(PROPERTY);
        if (chosen != null) {
            return Path.of(chosen).toAbsolutePath();
        }
        return Files.isWritable(MEMORY) ? MEMORY : temp();
    }

    /// Returns where such folders are for what memory has no room for: in the temp folder of the
    /// first process, since each worker has one of its own.
    static Path temp() {
        var given = System.getProperty(TEMP);
        return given == null ? Machine.tempFolder() : Path.of(given);
    }

    /// Makes an empty file, which only this user can open.
    Path newFile() throws IOException {
        var name = FILE + Long.toHexString(ThreadLocalRandom.current().nextLong());
        return Private.createFile(folder.path().resolve(name));
    }

    /// Makes sure that a file is one that a process of this user shares, and not any other that
    /// somebody wants this process to open.
    ///
    /// @param file the file
    /// @throws IOException if it is not
    public static void requireShared(Path file) throws IOException {
        var around = file.getParent();
        if (around == null || around.getNameCount() == 0
                || !file.getFileName().toString().startsWith(FILE)
                || !around.getFileName().toString().startsWith(PREFIX)
                || !parents().contains(around.getParent())
                || !OwnedFolder.isOf(Private.me(), around)) {
            throw new IOException(file + " is not memory that a process of this user shares");
        }
    }

    /// Deletes the folder around a file if its process is gone.
    ///
    /// @param file a file of [#newFile], perhaps of another process
    /// @throws IOException if that cannot be known
    public static void sweepIfAbandoned(Path file) throws IOException {
        var around = java.util.Objects.requireNonNull(file.getParent());
        if (Files.exists(around)) {
            var _ = OwnedFolder.sweep(around, Private.me());
        }
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
