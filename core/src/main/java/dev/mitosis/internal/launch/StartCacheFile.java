package dev.mitosis.internal.launch;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Makes the file of a start cache: records a worker, has the JVM assemble a cache of the record.
///
/// Of many who build the same cache at once one does, and the others leave it to that one. The file
/// appears under its name when it is whole. The folder keeps the caches used last.
///
/// @param file the cache's file
/// @param flags the flags of the workers that it is for
public record StartCacheFile(Path file, List<String> flags) {
    private static final int MOST_FILES = 8; // about 16 MiB each
    private static final long ASSEMBLY_SECONDS = 60;
    // What was compiled in training is compiled again at each start, and sooner to the last level.
    // Without such profiles a start costs a quarter less CPU and the first half second half as much
    // compilation, and warm workers were not seen to be slower.
    private static final String WITHOUT_PROFILES = "-Xint";

    /// Makes the file, unless it is there or somebody else makes it.
    ///
    /// @param train runs a worker with these additional flags until it has ended in order
    /// @throws IOException if it cannot be made
    /// @throws InterruptedException if this thread is interrupted
    public void build(Consumer<List<String>> train) throws IOException, InterruptedException {
        var folder = ownFolder();
        try (var channel = FileChannel.open(folder.resolve("lock"),
                StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var lock = channel.tryLock(); // until the channel is closed
            if (lock == null || Files.exists(file)) {
                return;
            }
            var work = folder.resolve("build");
            if (Files.exists(work)) {
                Tree.delete(work, _ -> false); // by one that was killed: its lock is ours now
            }
            Private.createFolder(work);
            try {
                requireOurs(folder, Files.getOwner(work));
                build(train, work);
                prune(folder);
            } finally {
                Tree.delete(work, _ -> false);
            }
        }
    }

    private Path ownFolder() throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " lies in no folder");
        }
        if (!Files.isDirectory(folder)) {
            var parent = folder.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Private.createFolder(folder);
        }
        return folder;
    }

    private static void requireOurs(Path folder, UserPrincipal me) throws IOException {
        if (!Private.isWrittenBy(me, folder)) {
            throw new IOException("others can write to " + folder + ": no code is kept there");
        }
    }

    private void build(Consumer<List<String>> train, Path work)
            throws IOException, InterruptedException {
        var record = work.resolve("record");
        var part = work.resolve("cache");
        train.accept(List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + record,
                WITHOUT_PROFILES));
        assemble(record, part);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void assemble(Path record, Path part) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(JavaHome.of(null).binary().toString());
        command.addAll(flags);
        command.addAll(List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + record,
                "-XX:AOTCache=" + part, "-cp", System.getProperty("java.class.path")));
        var output = part.resolveSibling("output");
        var process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(new File(output.toString())).start();
        try {
            if (!process.waitFor(ASSEMBLY_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0
                    || !Files.exists(part)) {
                throw new IOException("the cache cannot be assembled: "
                        + Files.readString(output));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    /// Deletes the caches that were not used for the longest time; a JVM that has mapped one keeps
    /// it.
    private static void prune(Path folder) throws IOException {
        var caches = Listing.of(folder, "*.aot");
        caches.sort(Comparator.comparing(StartCacheFile::used));
        for (int i = 0; i < caches.size() - MOST_FILES; i++) {
            Files.deleteIfExists(caches.get(i));
        }
    }

    private static FileTime used(Path cache) {
        try {
            return Files.getLastModifiedTime(cache);
        } catch (IOException e) {
            return FileTime.fromMillis(0); // gone meanwhile
        }
    }
}
