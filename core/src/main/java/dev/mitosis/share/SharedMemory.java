package dev.mitosis.share;

import dev.mitosis.internal.Gone;
import dev.mitosis.internal.StandIn;
import dev.mitosis.internal.launch.ShareNames;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.Serial;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Memory that several processes see: what one writes, the others read, and nothing is copied.
///
/// ```java
/// try (var memory = SharedMemory.create(4L << 30)) {
///     pool.map(part -> sum(memory.segment(), part), parts);    // a handle of a few bytes travels
/// }
/// ```
/// **Life.** The process that makes it owns it, and it ends when that closes it or ends itself,
/// however that happens: what a killed process has left is deleted when the next begins to share,
/// or opens a pool. What others have attached until then they may go on using.
///
/// **Handles** travel inside lambdas, items, results and records. They attach when they are used
/// first, once a process; a handle whose owner is gone throws an [IllegalStateException] then. To
/// close a handle that was received ends only that handle.
///
/// **Cost.** To make memory writes all of it once, so that it is there: a second for some
/// gigabytes. Where there is no room for it that says so, and nothing breaks later. To attach costs
/// some tens of microseconds, and each page a moment when it is first touched in a process.
///
/// **Threads.** Safe for use by many; what is written reaches other processes as it does other
/// threads: in an order that only atomics and fences promise. On Windows an owner cannot delete
/// memory that others still have mapped; it goes when the next process sweeps.
public final class SharedMemory implements AutoCloseable, Serializable, StandIn.Source {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Place place;
    private final transient boolean readOnly;
    private final transient @Nullable Block own; // if this handle is the owner's
    private final transient AtomicBoolean travelled; // the same for all views

    // set when it is used first; both are written by any thread
    private transient volatile @Nullable MemorySegment mapped;
    private transient volatile boolean closed;

    private SharedMemory(
            Place place, boolean readOnly, @Nullable Block own, AtomicBoolean travelled) {
        this.place = place;
        this.readOnly = readOnly;
        this.own = own;
        this.travelled = travelled;
    }

    /// Makes memory of zeros.
    ///
    /// @param bytes how many
    /// @return the memory, to be closed
    /// @throws UncheckedIOException if there is no room for it
    public static SharedMemory create(long bytes) {
        try {
            return owned(bytes, null);
        } catch (IOException e) {
            throw new UncheckedIOException("shared memory cannot be made: " + e.getMessage(), e);
        }
    }

    /// Makes memory of zeros that other processes of this user find by its name.
    ///
    /// @param name letters, digits, `.`, `_` and `-`
    /// @param bytes how many
    /// @return the memory, to be closed
    /// @throws java.nio.file.FileAlreadyExistsException if other memory has this name
    /// @throws IOException if it cannot be made
    public static SharedMemory create(String name, long bytes) throws IOException {
        ShareNames.requireName(name);
        return owned(bytes, name);
    }

    private static SharedMemory owned(long bytes, @Nullable String name) throws IOException {
        if (bytes < 1) {
            throw new IllegalArgumentException(
                    "shared memory has at least one byte, got " + bytes);
        }
        var block = Blocks.HERE.create(bytes, name);
        return new SharedMemory(block.place(), false, block, new AtomicBoolean());
    }

    /// Finds memory by its name.
    ///
    /// @param name the name
    /// @return a handle of it
    /// @throws NoSuchFileException if no process that lives has made memory of this name
    /// @throws IOException if it cannot be attached
    public static SharedMemory attach(String name) throws IOException {
        ShareNames.requireName(name);
        var file = ShareNames.find(name);
        var found = new Place(file.toString(), Files.size(file), Place.Kind.SHARED);
        return at(found, false).attached();
    }

    /// Maps a file of the user's, to be read by all.
    ///
    /// The file must not become shorter while anybody has it mapped: a process that reads beyond
    /// its end is told of an `InternalError`, or is ended by the system.
    ///
    /// @param file the file
    /// @return its bytes
    /// @throws IOException if it cannot be mapped
    public static SharedMemory map(Path file) throws IOException {
        return mapped(file, Place.Kind.FILE, true);
    }

    /// Maps a file of the user's, as [#map] does, so that what a process writes it alone sees.
    ///
    /// Each call begins with what the file has. The handles that another process receives share
    /// what is written there; one that comes back here is of the last map of the file.
    ///
    /// The system wants the file to be one that may be written, though it is not.
    ///
    /// @param file the file
    /// @return its bytes
    /// @throws IOException if it cannot be mapped
    public static SharedMemory mapPrivate(Path file) throws IOException {
        return mapped(file, Place.Kind.PRIVATE_FILE, false);
    }

    /// {@return a handle of memory that is attached when it is used}
    static SharedMemory at(Place place, boolean readOnly) {
        return new SharedMemory(place, readOnly, null, new AtomicBoolean());
    }

    private static SharedMemory mapped(Path file, Place.Kind kind, boolean readOnly)
            throws IOException {
        var real = file.toRealPath();
        var place = new Place(real.toString(), Files.size(real), kind);
        var memory = at(place, readOnly);
        memory.mapped = readOnly ? Blocks.HERE.attach(place) : Blocks.HERE.attachAnew(place);
        return memory;
    }

    private SharedMemory attached() throws IOException {
        mapped = Blocks.HERE.attach(place);
        return this;
    }

    /// {@return all of it, attached if it was not}
    ///
    /// The segment can be used by any thread, until the owner closes the memory in this process.
    ///
    /// @throws IllegalStateException if this handle is closed, or the memory is gone
    public MemorySegment segment() {
        if (closed) {
            throw new IllegalStateException("this handle of shared memory is closed");
        }
        var known = mapped;
        if (known == null) {
            known = own == null ? attachLate() : own.segment();
            known = readOnly ? known.asReadOnly() : known;
            mapped = known;
        }
        return known;
    }

    private MemorySegment attachLate() {
        try {
            return Blocks.HERE.attach(place);
        } catch (NoSuchFileException e) {
            throw new IllegalStateException("the shared memory " + place.file()
                    + " is gone: the process that owned it has closed it, or has ended", e);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "shared memory cannot be attached: " + e.getMessage(), e);
        }
    }

    /// {@return how many bytes there are}
    public long size() {
        return place.size();
    }

    /// {@return whether nothing can be written through this handle}
    public boolean isReadOnly() {
        return readOnly;
    }

    /// {@return a handle of the same memory through which nothing can be written}
    ///
    /// To close it closes nothing else.
    public SharedMemory readOnly() {
        if (readOnly) {
            return this;
        }
        var view = new SharedMemory(place, true, null, travelled);
        var known = mapped; // of a private map: another would not have what was written here
        view.mapped = own == null && known != null ? known.asReadOnly() : null;
        return view;
    }

    /// Ends the memory, if this is its owner's handle; otherwise ends this handle.
    ///
    /// @throws UncheckedIOException if its file cannot be deleted
    /// @throws IllegalStateException if a channel is reading or writing it at this moment; it can
    ///     be closed again
    @Override
    public void close() {
        try {
            if (own != null) {
                Blocks.HERE.close(own);
                if (travelled.get()) {
                    Gone.tell();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            closed = true;
            mapped = null;
        }
    }

    @Override
    public String toString() {
        return "SharedMemory[" + place.size() + " bytes in " + place.file() + "]";
    }

    /// {@return where it is}
    Place place() {
        return place;
    }

    /// {@return what travels of an array in this memory}
    Handle handle(int of, long from, long length) {
        if (closed) {
            throw new IllegalStateException("this handle of shared memory is closed: " + this);
        }
        travelled.set(true);
        return new Handle(
                place.file(), place.size(), place.kind().code, readOnly, of, from, length);
    }

    @Override
    public Record standIn() {
        return handle(Handle.MEMORY, 0, 0);
    }

    @Serial
    private Object writeReplace() {
        return standIn();
    }

    @Serial
    private Object readResolve() throws InvalidObjectException {
        throw Handle.misread();
    }
}
