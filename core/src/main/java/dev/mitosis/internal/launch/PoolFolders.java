package dev.mitosis.internal.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;

/// The two folders of a pool, private to this user and gone with the pool.
///
/// ```text
///   memory  /dev/shm/mitosis-<pid>-<start>-<random>  sockets and rings; a short path
///   temp    /tmp/mitosis-<pid>-<start>-<random>      arguments, temp folders, crash reports
/// ```
/// What a killed JVM left behind is deleted when the next pool opens. Reports of crashes,
/// `hs_err_<pid>.log`, are never deleted, nor is the folder around one: their paths are in
/// exceptions that somebody may read tomorrow. They stay in the private folder because the JVM
/// writes through links that others may have laid in a public one.
public final class PoolFolders implements AutoCloseable {
    private static final long ENOUGH = 64L << 20;
    // a socket's path has at most 108 bytes, on some systems 104; 40 are ours
    private static final int LONGEST_PARENT = 60;

    private final OwnedFolder memory;
    private final OwnedFolder temp;

    private PoolFolders(OwnedFolder memory, OwnedFolder temp) {
        this.memory = memory;
        this.temp = temp;
    }

    /// Makes the folders of a new pool, then sweeps what others left behind.
    ///
    /// @param machine says where
    /// @return the folders, to be closed
    /// @throws IOException if a folder cannot be made
    public static PoolFolders open(Machine machine) throws IOException {
        var temp = OwnedFolder.create(machine.temp());
        try {
            var folders = new PoolFolders(OwnedFolder.create(memoryParent(machine)), temp);
            var me = temp.owner();
            sweep(memoryParent(machine), me);
            sweep(machine.temp(), me);
            return folders;
        } catch (IOException e) {
            temp.close();
            throw e;
        }
    }

    static Path memoryParent(Machine machine) {
        var shared = machine.shared();
        if (shared.free() >= ENOUGH && Files.isWritable(shared.folder())) {
            return shared.folder();
        }
        var shortTemp = Path.of("/tmp");
        return machine.temp().toString().length() > LONGEST_PARENT && Files.isWritable(shortTemp)
                ? shortTemp : machine.temp();
    }

    /// Deletes the folders of pools whose process is gone; two may sweep at the same time.
    ///
    /// @param parent where such folders are
    /// @return the folders that this call deleted
    /// @throws IOException if nothing can be made there either
    public static List<Path> sweep(Path parent) throws IOException {
        try (var mine = OwnedFolder.create(parent)) {
            return sweep(parent, mine.owner());
        }
    }

    static List<Path> sweep(Path parent, UserPrincipal me) {
        var swept = new ArrayList<Path>();
        try {
            for (var folder : Listing.of(parent, OwnedFolder.NAMES)) {
                if (isSwept(folder, me)) {
                    swept.add(folder);
                }
            }
        } catch (IOException e) {
            // Nothing that we need: what cannot be listed cannot be cleaned either.
        }
        return swept;
    }

    private static boolean isSwept(Path folder, UserPrincipal me) {
        try {
            return OwnedFolder.sweep(folder, me);
        } catch (IOException e) {
            // Guard against race with another sweeper, or with an owner that closes.
            return false;
        }
    }

    /// {@return the folder for sockets and rings}
    public Path memory() {
        return memory.path();
    }

    /// {@return the folder for everything else}
    public Path temp() {
        return temp.path();
    }

    @Override
    public void close() throws IOException {
        try (memory) {
            temp.close();
        }
    }
}
