package dev.mitosis.cluster;

import dev.mitosis.agent.Frame;
import dev.mitosis.agent.Hash;
import dev.mitosis.agent.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What nodes may ask this driver for, by its hash: jars, packed folders, functions.
///
/// A jar is hashed once, as long as neither its size nor its time changes. Bytes are taken off the
/// shelf by those that have put them there: equal ones are one thing here, which stays until the
/// last of them has taken it off. Safe for use by many threads.
final class Shelf {
    private static final int PACK = 32 << 20; // what is sent together, unless one alone is larger

    /// Something cannot be sent, whatever it is for.
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1;

        private final String hash;
        private final int bytes;

        TooLargeException(String hash, int bytes, int most) {
            super("something of " + bytes + " bytes, a jar of the class path or what a function"
                    + " captures, is larger than the " + most + " bytes that the engine carries");
            this.hash = hash;
            this.bytes = bytes;
        }

        /// {@return what is too large}
        String hash() {
            return hash;
        }

        /// {@return how many bytes it has}
        int bytes() {
            return bytes;
        }
    }

    /// A file as it was when it was hashed.
    private record Stamp(Path file, long size, long modified) {}

    /// Where bytes are.
    private interface Source {
        byte[] bytes() throws IOException;
    }

    /// What lies here, and how often it was put here.
    private record Kept(Source source, int times) {
        Kept again() {
            return new Kept(source, times + 1);
        }

        @Nullable Kept less() {
            return times == 1 ? null : new Kept(source, times - 1);
        }
    }

    private final Map<Stamp, String> hashes = new ConcurrentHashMap<>();
    private final Map<Path, Folder> folders = new ConcurrentHashMap<>();
    private final Map<String, Kept> sources = new ConcurrentHashMap<>();

    /// Puts a class path on the shelf.
    ///
    /// @param classPath jars and folders
    /// @return its entries, as nodes know them
    List<Spec.Entry> entries(List<Path> classPath) throws IOException {
        Set<Spec.Entry> entries = new LinkedHashSet<>();
        for (var path : classPath) {
            var folder = Files.isDirectory(path)
                    ? folders.computeIfAbsent(path, Folder::new) : null;
            if (folder == null) {
                entries.add(entry(path, path.getFileName().toString()));
            } else if (!folder.isEmpty()) {
                entries.add(entry(folder.packed(), path.getFileName() + ".jar"));
            }
        }
        return List.copyOf(entries);
    }

    private Spec.Entry entry(Path jar, String name) throws IOException {
        long size = Files.size(jar);
        var stamp = new Stamp(jar, size, Files.getLastModifiedTime(jar).toMillis());
        var hash = hashes.get(stamp);
        if (hash == null) {
            hash = Hash.of(jar);
            hashes.put(stamp, hash);
        }
        keep(hash, () -> Files.readAllBytes(jar)); // for good: it takes no room
        return new Spec.Entry(hash, name, size);
    }

    private void keep(String hash, Source source) {
        sources.merge(hash, new Kept(source, 1), (kept, _) -> kept.again());
    }

    /// Puts bytes on the shelf, until they are taken off as often.
    ///
    /// @return their hash
    String put(byte[] bytes) {
        var hash = Hash.of(bytes);
        keep(hash, () -> bytes);
        return hash;
    }

    /// Takes bytes off the shelf, once: whoever put them there has nobody ask for them any more.
    void remove(String hash) {
        sources.computeIfPresent(hash, (_, kept) -> kept.less());
    }

    /// Returns some of what a node lacks.
    ///
    /// @param missing hashes
    /// @param most how many bytes a frame may have
    /// @return the first of them, and more as far as they may travel together
    /// @throws IOException if there is no such thing here, or it is too large for the engine
    List<Frame.Blob> some(List<String> missing, int most) throws IOException {
        var some = new ArrayList<Frame.Blob>();
        long total = 0;
        for (var hash : missing) {
            var kept = sources.get(hash);
            if (kept == null) {
                throw new IOException("a node asks for " + hash + ", which no pool here has");
            }
            byte[] bytes = kept.source().bytes();
            if (bytes.length > most) {
                throw new TooLargeException(hash, bytes.length, most);
            }
            if (!some.isEmpty() && total + bytes.length > Math.min(PACK, most)) {
                break;
            }
            total += bytes.length;
            some.add(new Frame.Blob(hash, bytes));
        }
        return some;
    }
}
