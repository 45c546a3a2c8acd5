package dev.mitosis.share;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.mitosis.internal.StandIn;
import java.io.InvalidObjectException;
import java.io.Serial;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Strings that several processes read, packed into shared memory; they never change.
///
/// They live, travel and attach as [SharedMemory] does. A string takes 8 bytes and one for each
/// char, or two if it has a char beyond U+00FF; to [#get] one copies it into this process's heap.
public final class SharedStrings implements AutoCloseable, Serializable, StandIn.Source {
    @Serial
    private static final long serialVersionUID = 1;

    // Layout: for each string, and once more at the end, a long: where it begins << 1, and 1 more
    // if it has two bytes a char; then the chars. The bytes begin after the longs.
    private final transient SharedMemory memory;
    private final transient long length;

    SharedStrings(SharedMemory memory, long length) {
        this.memory = memory;
        this.length = length;
    }

    /// Packs strings into new memory.
    ///
    /// @param values the strings; none is null
    /// @return the strings, to be closed
    /// @throws java.io.UncheckedIOException if there is no room for them
    public static SharedStrings of(Iterable<String> values) {
        var packed = new PackedStrings();
        for (var value : values) {
            packed.add(Objects.requireNonNull(value, "a string is null"));
        }
        var memory = SharedMemory.create(packed.size());
        try {
            packed.copyTo(memory.segment());
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
        return new SharedStrings(memory, packed.count());
    }

    /// {@return a string}
    ///
    /// @param index its index
    public String get(long index) {
        Objects.checkIndex(index, length);
        var all = memory.segment();
        long word = all.getAtIndex(JAVA_LONG, index);
        long begin = word >>> 1;
        long end = all.getAtIndex(JAVA_LONG, index + 1) >>> 1;
        byte[] bytes = new byte[Math.toIntExact(end - begin)];
        MemorySegment.copy(all, JAVA_BYTE, begin, bytes, 0, bytes.length);
        return PackedStrings.text(bytes, (word & 1) == 1);
    }

    /// {@return how many strings there are}
    public long length() {
        return length;
    }

    /// {@return all strings}
    public Stream<String> stream() {
        return LongStream.range(0, length).mapToObj(this::get);
    }

    /// Ends the memory, if these strings were packed by this process; otherwise ends this handle.
    @Override
    public void close() {
        memory.close();
    }

    @Override
    public String toString() {
        return "SharedStrings[" + length + " in " + memory + "]";
    }

    @Override
    public Record standIn() {
        return memory.handle(Handle.STRINGS, 0, length);
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
