package dev.mitosis.internal.launch;

import java.io.IOException;
import java.nio.file.Path;

/// The folder of a socket by which this process passes connections on, gone when this process is.
///
/// ```text
///   /dev/shm/mitosis-<pid>-<start>-<random>/connections
/// ```
/// What a killed process left behind is deleted when the next makes such a folder, or opens a pool.
public final class SocketFolder implements AutoCloseable {
    private static final String NAME = "connections";

    private final OwnedFolder folder;

    private SocketFolder(OwnedFolder folder) {
        this.folder = folder;
    }

    /// Makes the folder, then sweeps what others left behind.
    ///
    /// @return the folder, to be closed
    /// @throws IOException if it cannot be made
    public static SocketFolder open() throws IOException {
        var parent = PoolFolders.memoryParent(Machine.here());
        var folder = new SocketFolder(OwnedFolder.create(parent));
        var _ = PoolFolders.sweep(parent, Private.me());
        return folder;
    }

    /// {@return where the socket is to be; a path short enough}
    public Path socket() {
        return folder.path().resolve(NAME);
    }

    /// Makes sure that a path is that of a socket of this user's, and not any other that somebody
    /// wants this process to talk to.
    ///
    /// @param socket the path
    /// @throws IOException if it is not, or its owner is gone
    public static void requireSocket(Path socket) throws IOException {
        var around = socket.getParent();
        if (around == null || !socket.isAbsolute() || !socket.getFileName().toString().equals(NAME)
                || !OwnedFolder.isOf(Private.me(), around)) {
            throw new IOException(socket + " is not a socket of a process of this user");
        }
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
