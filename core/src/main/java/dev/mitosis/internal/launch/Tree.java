package dev.mitosis.internal.launch;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A folder with all that is in it, to be deleted.
final class Tree {
    private Tree() {}

    /// Deletes a folder and what is in it, but for the files to keep and the folders around them.
    /// Links are deleted, never followed; what somebody else deletes meanwhile is fine.
    static void delete(Path folder, Predicate<Path> keep) throws IOException {
        Files.walkFileTree(folder, new Deletion(keep));
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        private final Predicate<Path> keep;

        Deletion(Predicate<Path> keep) {
            this.keep = keep;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            if (!keep.test(file)) {
                Files.deleteIfExists(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure)
                throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                throws IOException {
            if (failure != null && !(failure instanceof NoSuchFileException)) {
                throw failure;
            }
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException e) {
                // something to keep is in it, or something new: whoever made that owns it now
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
