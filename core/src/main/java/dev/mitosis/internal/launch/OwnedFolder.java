package dev.mitosis.internal.launch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A private folder whose owner lives as long as it holds the lock on the file `lock` in it.
///
/// ```text
///   .mitosis-<..>  ── lock is held ──►  mitosis-<pid>-<start>-<random>  ──►  gone
/// ```
/// It gets its name only once the lock is held, so nobody ever sees one without. The pid is not the
/// proof, since containers may share the file system but not the pids.
///
/// **Trap.** On Unix a lock belongs to the process and is lost as soon as that closes *any* channel
/// on the file. So a folder of this very process, told by pid and start, is never opened.
final class OwnedFolder implements AutoCloseable {
    static final String LOCK = "lock";

    /// What folders are called, and those that are not whole yet.
    static final String NAMES = "{,.}mitosis-*";

    // There is no lock to tell that it is one of ours.
    private static final Pattern UNFINISHED =
            Pattern.compile("\\.mitosis-\\d+-[0-9a-z]+-[0-9a-f]+");

    // A folder is hidden for a moment; this is longer than anybody stops a JVM just then.
    private static final Duration HIDDEN = Duration.ofHours(1);

    private static final Set<PosixFilePermission> OURS_ALONE = Set.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE);

    private final Path path;
    private final FileChannel channel;

    private OwnedFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static OwnedFolder create(Path parent) throws IOException {
        // The random part makes names differ; it keeps no secret: SecureRandom is too slow.
        var name = ownPrefix() + Integer.toHexString(ThreadLocalRandom.current().nextInt());
        // Windows cannot rename a folder with an open file in it; there a sweeper may race with us.
        var hidden = Private.createFolder(parent.resolve(Private.POSIX ? "." + name : name));
        Private.createFile(hidden.resolve(LOCK));
        var channel = FileChannel.open(hidden.resolve(LOCK), StandardOpenOption.WRITE);
        try {
            lock(channel);
            var path = parent.resolve(name);
            if (!hidden.equals(path)) {
                Files.move(hidden, path, StandardCopyOption.ATOMIC_MOVE);
            }
            return new OwnedFolder(path, channel);
        } catch (IOException e) {
            channel.close();
            Tree.delete(hidden, _ -> false);
            throw e;
        }
    }

    private static void lock(FileChannel channel) throws IOException {
        if (channel.tryLock() == null) {
            throw new IOException("somebody locked a file that was just made");
        }
    }

    Path path() {
        return path;
    }

    /// Returns this process's user: a name in a property would be no proof.
    UserPrincipal owner() throws IOException {
        return Files.getOwner(path);
    }

    /// Deletes the folder, but for reports of crashes: their paths were told to the user.
    @Override
    public void close() throws IOException {
        try (channel) {
            clear(path);
        }
    }

    /// Deletes a folder if it is one of ours and its owner is gone, or was before it was whole.
    ///
    /// @param folder the folder
    /// @param me this process's user
    /// @return whether this call deleted it
    static boolean sweep(Path folder, UserPrincipal me) throws IOException {
        var name = folder.getFileName().toString();
        if (name.startsWith(ownPrefix()) || !isOf(me, folder)) {
            return false;
        }
        if (name.startsWith(".")) {
            return Private.POSIX && UNFINISHED.matcher(name).matches() && sweepHidden(folder);
        }
        try (var channel = FileChannel.open(folder.resolve(LOCK),
                StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (tryLock(channel) == null) {
                return false;
            }
            return clear(folder);
        }
    }

    private static boolean sweepHidden(Path folder) throws IOException {
        var since = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).toInstant();
        boolean left = since.isBefore(Instant.now().minus(HIDDEN));
        if (left) {
            Tree.delete(folder, _ -> false);
        }
        return left;
    }

    /// Deletes the lock last, and only if nothing is left but reports of crashes: a folder without
    /// one is never swept, and a worker that is just dying may still have made a file.
    private static boolean clear(Path folder) throws IOException {
        var lock = folder.resolve(LOCK);
        Tree.delete(folder, file -> isCrashReport(folder, file) || file.equals(lock));
        for (var file : Listing.of(folder, "*")) {
            if (!isCrashReport(folder, file) && !file.equals(lock)) {
                return false;
            }
        }
        Files.deleteIfExists(lock);
        Tree.delete(folder, file -> isCrashReport(folder, file));
        return true;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Guard against race with another sweeper in this JVM.
            return null;
        }
    }

    /// Whether it is a folder, not a link, of this user, open to nobody else.
    static boolean isOf(UserPrincipal me, Path folder) throws IOException {
        if (!Private.POSIX) {
            return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
        }
        var attributes = Files.readAttributes(
                folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return attributes.isDirectory() && attributes.permissions().equals(OURS_ALONE)
                && attributes.owner().equals(me);
    }

    /// Only where workers were told to write them: a worker's own temp folder is no such place.
    private static boolean isCrashReport(Path folder, Path file) {
        return file.getFileName().toString().startsWith("hs_err_")
                && folder.equals(file.getParent());
    }

    /// The same in all class loaders of this process, other than a random number would be.
    static String ownPrefix() {
        var self = ProcessHandle.current();
        long start = self.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
        return "mitosis-" + self.pid() + "-" + Long.toString(start, 36) + "-";
    }
}
