package dev.mitosis.share;

import dev.mitosis.internal.Gone;
import dev.mitosis.internal.Uninterrupted;
import dev.mitosis.internal.launch.ShareFolder;
import dev.mitosis.internal.launch.ShareNames;
import dev.mitosis.internal.launch.SharedFiles;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What this process owns of shared memory, and what it has mapped of that of others, once each.
///
/// What it owns is unmapped when it is closed. What it has attached is unmapped by the garbage
/// collector, when no handle and no segment refers to it any more: so nobody finds memory gone
/// under his hands because another handle was closed.
final class Blocks {
    /// Those of this process.
    static final Blocks HERE = new Blocks();

    private static final long LARGE = 1 << 20;

    private final ReentrantLock lock = new ReentrantLock();

    // guarded by lock
    private final Map<Path, Block> owned = new HashMap<>();
    private final Map<Place, Attached> attached = new HashMap<>();

    /// A mapping, as long as it is not collected.
    ///
    /// @param segment the memory
    /// @param file what tells its file, if it is the user's, from another that has taken its place;
    ///     it cannot be given to another file as long as this one is mapped
    private record Attached(WeakReference<MemorySegment> segment, @Nullable Object file) {}

    private Blocks() {
        Gone.listen(this::collectGone);
    }

    /// Has the memory of others unmapped that they have closed, if much of it is still mapped here
    /// only because no collection has come along.
    private void collectGone() {
        long bytes = 0;
        lock.lock();
        try {
            for (var entry : attached.entrySet()) {
                var place = entry.getKey();
                if (entry.getValue().segment().get() != null && Files.notExists(place.path())) {
                    bytes += place.size();
                }
            }
        } finally {
            lock.unlock();
        }
        if (bytes >= LARGE) {
            System.gc();
        }
    }

    /// Makes memory of zeros that this process owns.
    ///
    /// @param bytes how many
    /// @param name under which others find it, or null
    /// @throws IOException if the name is taken, or there is no folder
    /// @throws java.io.UncheckedIOException if there is no room for it
    @SuppressWarnings("MustBeClosedChecker") // closed by close
    Block create(long bytes, @Nullable String name) throws IOException {
        var file = SharedFiles.IN_MEMORY.create();
        Arena arena = null;
        try {
            Zeros.fill(file, bytes);
            arena = Arena.ofShared();
            var place = new Place(file.toString(), bytes, Place.Kind.SHARED);
            var block = new Block(place, name, arena, map(file, MapMode.READ_WRITE, bytes, arena));
            if (name != null) {
                ShareNames.give(name, file);
            }
            locked(() -> owned.put(file, block));
            return block;
        } catch (IOException | RuntimeException | Error e) {
            if (arena != null) {
                arena.close();
            }
            SharedFiles.IN_MEMORY.delete(file);
            throw e;
        }
    }

    /// Ends memory that this process owns; does nothing if it has ended.
    ///
    /// @throws IOException if its file cannot be deleted
    /// @throws IllegalStateException if it is being read or written by an operation of a channel;
    ///     it can be closed again after that
    void close(Block block) throws IOException {
        var file = block.place().path();
        if (!forget(file)) {
            return;
        }
        try {
            block.arena().close();
        } catch (IllegalStateException e) {
            locked(() -> owned.put(file, block));
            throw e;
        }
        try {
            if (block.name() != null) {
                ShareNames.take(block.name(), file);
            }
        } finally {
            SharedFiles.IN_MEMORY.delete(file);
        }
    }

    private boolean forget(Path file) {
        lock.lock();
        try {
            return owned.remove(file) != null;
        } finally {
            lock.unlock();
        }
    }

    /// {@return memory of this or another process, mapped here}
    ///
    /// @throws IOException if it is gone
    MemorySegment attach(Place place) throws IOException {
        lock.lock();
        try {
            var own = owned.get(place.path());
            if (own != null) {
                return own.segment();
            }
            var last = attached.get(place);
            var known = last == null || !Objects.equals(last.file(), fileKey(place))
                    ? null : last.segment().get();
            return known == null ? attachAnew(place) : known;
        } finally {
            lock.unlock();
        }
    }

    /// Maps memory of another process, or a file, that is perhaps mapped here already; who attaches
    /// it from now on has the new mapping.
    ///
    /// @throws IOException if it is gone
    MemorySegment attachAnew(Place place) throws IOException {
        lock.lock();
        try {
            attached.values().removeIf(each -> each.segment().get() == null);
            var key = fileKey(place); // before: if it changes now, the next one maps anew
            var mapped = mapAnew(place);
            attached.put(place, new Attached(new WeakReference<>(mapped), key));
            return mapped;
        } finally {
            lock.unlock();
        }
    }

    private static @Nullable Object fileKey(Place place) throws IOException {
        return place.kind() == Place.Kind.SHARED ? null // whose names are never given twice
                : Files.readAttributes(place.path(), BasicFileAttributes.class).fileKey();
    }

    private static MemorySegment mapAnew(Place place) throws IOException {
        var file = place.path();
        return switch (place.kind()) {
            case SHARED -> {
                ShareFolder.requireShared(file);
                yield map(file, MapMode.READ_WRITE, place.size(), Arena.ofAuto());
            }
            case FILE -> map(file, MapMode.READ_ONLY, place.size(), Arena.ofAuto());
            case PRIVATE_FILE -> map(file, MapMode.PRIVATE, place.size(), Arena.ofAuto());
        };
    }

    private static MemorySegment map(Path file, MapMode mode, long size, Arena arena)
            throws IOException {
        return Uninterrupted.run(() -> mapOnce(file, mode, size, arena));
    }

    /// Never more than the file has: beyond its end the kernel ends a process that looks.
    private static MemorySegment mapOnce(Path file, MapMode mode, long size, Arena arena)
            throws IOException {
        var options = mode.equals(MapMode.READ_ONLY) // a private map is not opened without, either
                ? Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)
                : Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS);
        try (var channel = FileChannel.open(file, options)) {
            if (channel.size() < size) {
                throw new IOException(file + " has " + channel.size() + " bytes now, and had "
                        + size + " when it was shared");
            }
            return channel.map(mode, 0, size, arena);
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
