package dev.mitosis.agent;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The code and other bytes that drivers have sent to this JVM, in files named by their hashes.
///
/// What is on a class path is kept, other things as long as they are [Needed]. The folder is this
/// JVM's own, readable by nobody else, see [NodeFolder]. It is deleted when the JVM ends; those of
/// JVMs that were killed are, when the next one makes its own. Safe for use by many threads.
final class Blobs {
    // Each look takes about eight microseconds, and a driver on Spark has 140 files.
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long MOST_NEEDED = 512L << 20; // bytes, beside class paths

    private final NodeFolder folder;
    private final Needed needed = new Needed(this, MOST_NEEDED);
    private final Map<String, Path> known = new ConcurrentHashMap<>();
    private final Map<Path, Spec> specs = new ConcurrentHashMap<>();
    private final LongSupplier clock; // nanoseconds

    // when the class path of a specification was last seen to be here, all of it
    private final Map<Path, Long> complete = new ConcurrentHashMap<>();

    private Blobs(NodeFolder folder, LongSupplier clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /// Makes a folder of this JVM, and deletes those that others have left behind.
    ///
    /// @param clock nanoseconds, as [System#nanoTime]
    static Blobs open(LongSupplier clock) throws IOException {
        var folder = NodeFolder.create(Path.of(System.getProperty("java.io.tmpdir")));
        Runtime.getRuntime().addShutdownHook(new Thread(folder::close, "mitosis-node-tidy"));
        folder.sweepOthers();
        return new Blobs(folder, clock);
    }

    Path folder() {
        return folder.path();
    }

    /// {@return whether it can be used still: somebody may tidy up temporary files}
    boolean isThere() {
        return folder.isThere();
    }

    /// {@return what frames need besides, and when it is deleted}
    Needed needed() {
        return needed;
    }

    /// {@return the file of this name, or null if it is not here}
    @Nullable Path find(String hash) {
        var file = known.get(hash);
        if (file != null && !Files.isRegularFile(file)) { // somebody tidies up temporary files
            known.remove(hash, file);
            complete.clear(); // whichever it belongs to
            return null;
        }
        return file;
    }

    /// {@return the file of this name, which was here}
    ///
    /// @throws Host.StartException if somebody has deleted it
    Path get(String hash) throws Host.StartException {
        var file = find(hash);
        if (file == null) {
            complete.clear(); // Guard against race with a look that has not seen it go
            throw new Host.StartException("a file in " + folder() + " is gone", null);
        }
        return file;
    }

    /// {@return the hashes of the class path's files that are not here}
    ///
    /// They are looked for once a second at most: one that somebody deletes in between is missed
    /// by the JVMs that start then.
    ///
    /// @param spec the file of a specification
    /// @throws IOException if a file cannot be read
    List<String> missing(Path spec) throws IOException {
        long now = clock.getAsLong();
        var last = complete.get(spec);
        if (last != null && now - last < LOOK_NANOS) {
            return List.of();
        }
        var missing = new ArrayList<String>();
        for (var entry : spec(spec).classPath()) {
            if (find(entry) == null) {
                missing.add(entry.hash());
            }
        }
        if (missing.isEmpty()) {
            complete.put(spec, now);
        }
        return missing;
    }

    /// {@return the file of a class-path entry, perhaps one of the engine's own; or null}
    ///
    /// @throws IOException if a file of that name cannot be read
    private @Nullable Path find(Spec.Entry entry) throws IOException {
        var here = find(entry.hash());
        if (here != null) {
            return here;
        }
        for (var file : ownClassPath()) {
            if (file.endsWith(entry.name()) && Files.isRegularFile(file)
                    && Files.size(file) == entry.size() && Hash.of(file).equals(entry.hash())) {
                known.put(entry.hash(), file);
                return file;
            }
        }
        return null;
    }

    private static List<Path> ownClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty()).map(Path::of).toList();
    }

    /// {@return what a file that was kept says of hosts; it is read once}
    Spec spec(Path file) throws IOException {
        var known = specs.get(file);
        if (known == null) {
            known = Spec.of(Files.readAllBytes(file));
            specs.put(file, known);
        }
        return known;
    }

    /// Keeps bytes.
    ///
    /// @throws IOException if they are not what they are called, or cannot be written
    void keep(Frame.Blob blob) throws IOException {
        if (find(blob.hash()) != null) {
            return;
        }
        if (!Hash.of(blob.bytes()).equals(blob.hash())) {
            throw new IOException("what was sent as " + blob.hash() + " has another hash: it was"
                    + " changed on its way");
        }
        var part = Files.createTempFile(folder(), "blob", ".part");
        var file = folder().resolve(blob.hash() + ".jar");
        try {
            Files.write(part, blob.bytes());
            // Guard against race with another thread that has got the same: both are equal.
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part); // the disk is full
        }
        known.put(blob.hash(), file);
    }

    /// {@return how many bytes the file of this name has, or 0 if it is not here}
    long size(String hash) {
        var file = find(hash);
        try {
            return file == null ? 0 : Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    /// Deletes the file of this name, unless it is on a class path, too.
    void forget(String hash) {
        var file = known.get(hash);
        if (file == null || !file.startsWith(folder()) || specs.values().stream().anyMatch(
                spec -> spec.classPath().stream().anyMatch(entry -> entry.hash().equals(hash)))) {
            return;
        }
        known.remove(hash);
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // it goes with the folder that it is in
        }
    }

    void close() {
        folder.close();
    }
}
