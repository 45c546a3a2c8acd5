package dev.mitosis.internal.launch;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Collections;
import java.util.Set;

/// Makes files and folders that belong to this user alone, from the moment they exist.
final class Private {
    /// Whether files have an owner and permissions as Unix has them.
    static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private static final Set<PosixFilePermission> OF_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private Private() {}

    /// Returns this process's user: a name in a property would be no proof.
    static UserPrincipal me() throws IOException {
        var self = Path.of("/proc/self");
        if (Files.exists(self)) {
            return Files.getOwner(self);
        }
        var file = Files.createTempFile("mitosis-owner-", null);
        try {
            return Files.getOwner(file);
        } finally {
            Files.delete(file);
        }
    }

    static Path createFile(Path file) throws IOException {
        return Files.createFile(file, attributes("rw-------"));
    }

    static Path createFolder(Path folder) throws IOException {
        return Files.createDirectory(folder, attributes("rwx------"));
    }

    /// Returns whether nobody but a user can have put something into a folder.
    ///
    /// @param folder the folder; it must exist, and not be a link
    /// @param me the user
    static boolean isWrittenBy(UserPrincipal me, Path folder) throws IOException {
        if (!POSIX) {
            return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
        }
        var attributes = Files.readAttributes(
                folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return attributes.isDirectory() && attributes.owner().equals(me)
                && Collections.disjoint(attributes.permissions(), OF_OTHERS);
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        // Elsewhere a new file inherits what its folder allows: a user's own temp folder is his.
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }
}
