package dev.mitosis.internal.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// What class files look like from outside: path, size and time of change of each entry.
///
/// Not their content: it is compared at each start of a worker, and reading a class path of a
/// hundred megabytes would take longer than the start. A folder counts by the newest time and
/// the number of class files among its first [#FILES] files.
///
/// What cannot be looked at, as when too many files are open, is not taken for missing: nothing is
/// known of it then.
///
/// @param looks what each entry looks like, in order; null if that is unknown
record Fingerprint(List<@Nullable String> looks) {
    static final int FILES = 2000;

    static Fingerprint of(Collection<Path> entries) {
        var looks = new ArrayList<@Nullable String>();
        for (var entry : entries) {
            var look = look(entry);
            looks.add(look == null ? null : entry + "|" + look);
        }
        return new Fingerprint(looks);
    }

    /// {@return a short text, the same for the same files}
    String text() {
        var sum = new CRC32C();
        for (var look : looks) {
            sum.update((look + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return Long.toHexString(sum.getValue());
    }

    /// {@return whether some entry is known to look different}
    ///
    /// @param earlier of the same entries
    boolean differsFrom(Fingerprint earlier) {
        return !orIfUnknown(earlier).equals(earlier.orIfUnknown(this));
    }

    /// {@return this one, with another one's look at what is unknown here}
    ///
    /// @param other of the same entries
    Fingerprint orIfUnknown(Fingerprint other) {
        var known = new ArrayList<>(looks);
        for (int i = 0; i < known.size(); i++) {
            known.set(i, known.get(i) == null ? other.looks.get(i) : known.get(i));
        }
        return new Fingerprint(known);
    }

    private static @Nullable String look(Path entry) {
        try {
            var attributes = Files.readAttributes(entry, BasicFileAttributes.class);
            return attributes.isDirectory() ? folder(entry)
                    : attributes.size() + "|" + attributes.lastModifiedTime().toMillis();
        } catch (IOException e) {
            return isMissing(e) ? "missing" : null;
        }
    }

    /// Deleted, or not for us to read: then no worker reads it either.
    private static boolean isMissing(IOException failure) {
        return failure instanceof NoSuchFileException || failure instanceof AccessDeniedException
                || failure instanceof NotDirectoryException;
    }

    private static String folder(Path folder) throws IOException {
        var newest = new Newest();
        Files.walkFileTree(folder, newest);
        return newest.count + "|" + newest.millis;
    }

    private static final class Newest extends SimpleFileVisitor<Path> {
        int count;
        long millis;
        int seen;

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return next();
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".class")) {
                count++;
                millis = Math.max(millis, attributes.lastModifiedTime().toMillis());
            }
            return next();
        }

        /// A class path of `.` may be somebody's home: it is not searched to its end.
        private FileVisitResult next() {
            return seen++ < FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure)
                throws IOException {
            if (!isMissing(failure)) {
                throw failure;
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
