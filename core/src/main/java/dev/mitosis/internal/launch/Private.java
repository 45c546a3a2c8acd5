package dev.mitosis.internal.launch;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// Makes files and folders that belong to this user alone, from the moment they exist.
final class Private {
    /// Whether files have an owner and permissions as Unix has them.
    static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private Private() {}

    static Path createFile(Path file) throws IOException {
        return Files.createFile(file, attributes("rw-------"));
    }

    static Path createFolder(Path folder) throws IOException {
        return Files.createDirectory(folder, attributes("rwx------"));
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        // Elsewhere a new file inherits what its folder allows: a user's own temp folder is his.
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }
}
