package dev.mitosis.internal.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.zip.CRC32C;

/// What class files look like from outside: path, size and time of change of each entry.
///
/// Not their content: it is compared at each start of a worker, and reading a class path of a
/// hundred megabytes would take longer than the start. A folder counts by the newest time and
/// the number of class files among its first [#FILES] files.
///
/// @param text the same text for the same files
record Fingerprint(String text) {
    static final int FILES = 2000;

    static Fingerprint of(Collection<Path> entries) {
        var sum = new CRC32C();
        for (var entry : entries) {
            sum.update((entry + "|" + look(entry) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return new Fingerprint(Long.toHexString(sum.getValue()));
    }

    private static String look(Path entry) {
        try {
            var attributes = Files.readAttributes(entry, BasicFileAttributes.class);
            return attributes.isDirectory() ? folder(entry)
                    : attributes.size() + "|" + attributes.lastModifiedTime().toMillis();
        } catch (IOException e) {
            return "missing";
        }
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
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            // deleted meanwhile, or not for us to read: then no worker reads it either
            return FileVisitResult.CONTINUE;
        }
    }
}
