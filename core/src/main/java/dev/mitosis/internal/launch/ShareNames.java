package dev.mitosis.internal.launch;

import dev.mitosis.internal.Deadline;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The names under which processes of one user find each other's memory.
///
/// ```text
///   /dev/shm/mitosis-names-<user>/<name>    a text file: the path of the memory
/// ```
/// A name whose memory is gone is free. Names are given and taken under the lock of the file
/// `.lock` there, which is held for a moment only; they are read without. The folder goes with the
/// last name.
public final class ShareNames {
    private static final String LOCK = ".lock";
    // a file lock excludes other processes only
    private static final ReentrantLock IN_THIS_JVM = new ReentrantLock();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_NANOS = 1_000_000;
    private static final int LONGEST = 200;

    private ShareNames() {}

    /// Refuses a name that cannot be that of a file.
    ///
    /// @param name the name
    public static void requireName(String name) {
        Objects.requireNonNull(name, "name");
        if (!name.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0," + (LONGEST - 1) + "}")) {
            throw new IllegalArgumentException("a name has letters, digits, '.', '_' and '-', "
                    + LONGEST + " at most, and does not begin with '.' or '-'; got '" + name + "'");
        }
    }

    /// Gives memory a name.
    ///
    /// @param name the name
    /// @param file where the memory is
    /// @throws FileAlreadyExistsException if other memory has it, whose owner lives
    /// @throws IOException if it cannot be given
    public static void give(String name, Path file) throws IOException {
        locked(folder -> give(folder, name, file));
    }

    private static void give(Path folder, String name, Path file) throws IOException {
        if (find(folder, name) != null) {
            throw new FileAlreadyExistsException(name, null, "other memory has this name");
        }
        var text = folder.resolve("." + file.getFileName());
        try {
            Files.writeString(Private.createFile(text), file.toString());
            Files.move(text, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(text);
            throw e;
        }
    }

    /// Finds memory by its name.
    ///
    /// @param name the name
    /// @return where the memory is
    /// @throws NoSuchFileException if none has this name
    /// @throws IOException if it cannot be looked up
    public static Path find(String name) throws IOException {
        var file = find(folder(), name);
        if (file == null) {
            throw new NoSuchFileException(name, null, "no memory has this name");
        }
        return file;
    }

    /// Takes a name away from memory, if it has it.
    ///
    /// @param name the name
    /// @param file where the memory is
    /// @throws IOException if it cannot be taken
    public static void take(String name, Path file) throws IOException {
        locked(folder -> {
            var entry = folder.resolve(name);
            if (Files.exists(entry) && Files.readString(entry).equals(file.toString())) {
                Files.delete(entry);
            }
        });
    }

    /// Forgets the names of memory that is gone.
    ///
    /// @throws IOException if that cannot be done
    static void sweep() throws IOException {
        if (Files.exists(folder())) {
            locked(ShareNames::sweep);
        }
    }

    private static void sweep(Path folder) throws IOException {
        for (var entry : Listing.of(folder, "*")) {
            var name = entry.getFileName().toString();
            if (!name.equals(LOCK)) {
                sweep(folder, name);
            }
        }
    }

    /// One of which nobody can tell what it is must not keep others from sharing memory.
    private static void sweep(Path folder, String name) {
        try {
            boolean unfinished = name.startsWith("."); // by one who has died: the lock is held here
            if (unfinished || find(folder, name) == null) {
                Files.deleteIfExists(folder.resolve(name));
            }
        } catch (IOException e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.DEBUG, "a name", e);
        }
    }

    private static @Nullable Path find(Path folder, String name) throws IOException {
        Path file;
        try {
            file = Path.of(Files.readString(folder.resolve(name)));
        } catch (NoSuchFileException e) {
            return null;
        } catch (InvalidPathException e) {
            throw new IOException("the name " + name + " is not that of memory", e);
        }
        try {
            ShareFolder.requireShared(file);
            ShareFolder.sweepIfAbandoned(file);
        } catch (NoSuchFileException e) {
            return null; // its owner has just gone
        }
        return Files.exists(file) ? file : null;
    }

    private static Path folder() throws IOException {
        return ShareFolder.parent().resolve("mitosis-names-" + Private.me().getName());
    }

    /// What is done to the names.
    private interface Change {
        void make(Path folder) throws IOException;
    }

    private static void locked(Change change) throws IOException {
        var deadline = Deadline.in(PATIENCE);
        boolean interrupted = Thread.interrupted(); // or it would look without a pause
        IN_THIS_JVM.lock();
        try {
            while (!makeIfLocked(change)) {
                if (deadline.isOver()) {
                    throw new IOException("another process keeps the names of shared memory in "
                            + folder() + " locked; is it stopped?");
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        } finally {
            IN_THIS_JVM.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Makes a change if nobody else makes one.
    private static boolean makeIfLocked(Change change) throws IOException {
        var folder = folder();
        var lock = folder.resolve(LOCK);
        ensure(folder, lock);
        var before = keyOf(lock);
        try (var channel = openIfThere(lock)) {
            // Guard against race with whoever deletes the folder: then this is another file
            if (channel == null || channel.tryLock() == null
                    || before == null || !before.equals(keyOf(lock))) {
                return false;
            }
            try {
                change.make(folder);
            } finally {
                deleteIfEmpty(folder, lock);
            }
            return true;
        } catch (NoSuchFileException e) {
            if (Files.exists(folder)) {
                throw e;
            }
            return false;
        }
    }

    private static void ensure(Path folder, Path lock) throws IOException {
        try {
            Private.createFolder(folder);
        } catch (FileAlreadyExistsException e) {
            requireOurs(folder);
        }
        try {
            Private.createFile(lock);
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            // it is there, or its folder was just deleted: whoever opens it will see
        }
    }

    private static void requireOurs(Path folder) throws IOException {
        try {
            if (!OwnedFolder.isOf(Private.me(), folder)) {
                throw new IOException(folder + " is not a folder of this user's alone");
            }
        } catch (NoSuchFileException e) {
            // it was just deleted: whoever opens the lock will see
        }
    }

    private static @Nullable FileChannel openIfThere(Path lock) throws IOException {
        try {
            return FileChannel.open(lock, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static @Nullable Object keyOf(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class,
                    LinkOption.NOFOLLOW_LINKS).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static void deleteIfEmpty(Path folder, Path lock) throws IOException {
        for (var entry : Listing.of(folder, "*")) {
            if (!entry.equals(lock)) {
                return;
            }
        }
        Files.delete(lock);
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // somebody has come meanwhile, and deletes it in turn
        }
    }
}
