package dev.mitosis.internal.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Files that this process owns and others open: gone when they are deleted here, when this
/// process ends, or when the next process sweeps after it was killed.
///
/// Their folder is there as long as there is one of them.
public final class SharedFiles {
    /// Those in memory.
    public static final SharedFiles IN_MEMORY = new SharedFiles(ShareFolder::parent);

    /// Those in the temp folder, where there is more room.
    public static final SharedFiles IN_TEMP = new SharedFiles(ShareFolder::temp);

    private final Supplier<Path> parent;
    private final ReentrantLock lock = new ReentrantLock();

    // guarded by lock
    private @Nullable ShareFolder folder;
    private @Nullable Thread exit; // deletes it at last
    private int files;

    private SharedFiles(Supplier<Path> parent) {
        this.parent = parent;
    }

    /// {@return how many bytes there is room for}
    ///
    /// @throws IOException if that cannot be known
    public long room() throws IOException {
        return Files.getFileStore(parent.get()).getUsableSpace();
    }

    /// Makes an empty file, which only this user can open.
    ///
    /// @return the file, to be deleted
    /// @throws IOException if it cannot be made
    public Path create() throws IOException {
        lock.lock();
        try {
            var present = folder;
            if (present == null) {
                present = ShareFolder.open(parent.get());
                folder = present;
                exit = Thread.ofPlatform().name("mitosis-share-exit").unstarted(this::abandon);
                Runtime.getRuntime().addShutdownHook(exit);
            }
            var file = present.newFile();
            files++;
            return file;
        } finally {
            lock.unlock();
        }
    }

    /// Deletes a file, and with the last one their folder.
    ///
    /// @param file the file, once
    /// @throws IOException if it cannot be deleted
    public void delete(Path file) throws IOException {
        lock.lock();
        try {
            files--;
            Files.deleteIfExists(file);
            if (files == 0 && folder != null) {
                var last = folder;
                folder = null;
                forgetExit();
                last.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private void forgetExit() {
        try {
            if (exit != null) {
                Runtime.getRuntime().removeShutdownHook(exit);
            }
        } catch (IllegalStateException e) {
            // This process is ending: the hook finds nothing to do.
        }
    }

    /// Deletes what nobody has deleted, when this process ends.
    private void abandon() {
        lock.lock();
        try (var _ = folder) {
            folder = null;
        } catch (IOException e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.DEBUG, "shared files", e);
        } finally {
            lock.unlock();
        }
    }
}
