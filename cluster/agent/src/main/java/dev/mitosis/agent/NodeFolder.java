package dev.mitosis.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// A private folder of this JVM, which lives as long as it holds the lock on the file `lock` in it.
///
/// ```text
///   .mitosis.node-<..>  -- lock is held -->  mitosis.node-<pid>-<start>-<random>  -->  gone
/// ```
/// It gets its name only once the lock is held, so nobody ever sees one without. The pid is not the
/// proof, since containers may share the file system but not the pids.
///
/// **Trap.** On Unix a lock belongs to the process and is lost as soon as that closes *any* channel
/// on the file. So a folder of this very process, told by pid and start, is never opened. Local
/// pools of this process open whatever is called `mitosis-*`: this is not.
final class NodeFolder implements AutoCloseable {
    static final String PREFIX = "mitosis.node-";
    static final String LOCK = "lock";

    // There is no lock to tell that it is one of ours.
    private static final Pattern UNFINISHED =
            Pattern.compile("\\.mitosis\\.node-\\d+-[0-9a-z]+-\\d+");

    // A folder is hidden for a moment; this is longer than anybody stops a JVM just then.
    private static final Duration HIDDEN = Duration.ofHours(1);

    private static final Set<PosixFilePermission> OURS_ALONE =
            PosixFilePermissions.fromString("rwx------");

    private final Path path;
    private final UserPrincipal me; // a name in a property would be no proof
    private final FileChannel lock; // locked as long as this JVM lives

    private NodeFolder(Path path, UserPrincipal me, FileChannel lock) {
        this.path = path;
        this.me = me;
        this.lock = lock;
    }

    static NodeFolder create(Path parent) throws IOException {
        var hidden = Files.createTempDirectory(parent, "." + ownPrefix(),
                PosixFilePermissions.asFileAttribute(OURS_ALONE));
        var lock = FileChannel.open(hidden.resolve(LOCK),
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            lock.lock();
            var path = parent.resolve(hidden.getFileName().toString().substring(1));
            Files.move(hidden, path, StandardCopyOption.ATOMIC_MOVE);
            return new NodeFolder(path, Files.getOwner(path), lock);
        } catch (IOException e) {
            lock.close();
            delete(hidden);
            throw e;
        }
    }

    /// The same in all class loaders of this process, other than a random number would be.
    private static String ownPrefix() {
        var self = ProcessHandle.current();
        long start = self.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
        return PREFIX + self.pid() + "-" + Long.toString(start, 36) + "-";
    }

    Path path() {
        return path;
    }

    /// {@return whether it is still there, and not one that somebody else has made since}
    boolean isThere() {
        try {
            return isOurs(attributes(path)); // where permissions are not kept, they say nothing
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isOurs(PosixFileAttributes folder) {
        return folder.isDirectory() && folder.owner().equals(me);
    }

    private static PosixFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(
                path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /// Deletes the folders beside it whose JVMs have ended without doing so.
    void sweepOthers() {
        for (var folder : others()) {
            try {
                sweep(folder);
            } catch (IOException e) {
                // another's, or being deleted by another: not worth a node
            }
        }
    }

    private List<Path> others() {
        var all = new ArrayList<Path>();
        try (var found = Files.newDirectoryStream(path.getParent(), "{,.}" + PREFIX + "*")) {
            for (var folder : found) {
                if (!folder.getFileName().toString().startsWith(ownPrefix())) {
                    all.add(folder);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // what cannot be listed cannot be cleaned either
        }
        return all;
    }

    private void sweep(Path folder) throws IOException {
        var found = attributes(folder);
        if (!isOurs(found) || !found.permissions().equals(OURS_ALONE)) {
            return;
        }
        if (folder.getFileName().toString().startsWith(".")) {
            sweepHidden(folder, found);
        } else if (attributes(folder.resolve(LOCK)).isRegularFile()) {
            sweepIfUnlocked(folder);
        }
    }

    /// Its JVM was killed before it was whole.
    private static void sweepHidden(Path folder, PosixFileAttributes found) throws IOException {
        if (UNFINISHED.matcher(folder.getFileName().toString()).matches()
                && found.lastModifiedTime().toInstant().isBefore(Instant.now().minus(HIDDEN))) {
            delete(folder);
        }
    }

    private static void sweepIfUnlocked(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder.resolve(LOCK),
                StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (channel.tryLock() != null) { // and held until all is gone
                clear(folder);
            }
        } catch (OverlappingFileLockException e) {
            // Guard against race with another sweeper in this JVM.
        }
    }

    /// Deletes the lock last: a folder without one is never swept.
    private static void clear(Path folder) throws IOException {
        var file = folder.resolve(LOCK);
        for (var path : inside(folder)) {
            if (!path.equals(folder) && !path.equals(file)) {
                Files.deleteIfExists(path);
            }
        }
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
    }

    static void delete(Path folder) throws IOException {
        for (var path : inside(folder)) {
            Files.deleteIfExists(path);
        }
    }

    /// {@return a folder and what is in it, which comes first; links are not followed}
    private static List<Path> inside(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            return walk.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() {
        try (lock) {
            if (isThere()) {
                clear(path);
            }
        } catch (IOException e) {
            // the next JVM sweeps what is left
        }
    }
}
