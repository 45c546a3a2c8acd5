package dev.mitosis.share;

import dev.mitosis.internal.StandIn;
import java.io.Serial;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An array of numbers in shared memory, or a part of one.
///
/// @param <A> the type of array itself
abstract sealed class SharedArray<A extends SharedArray<A>> implements AutoCloseable,
        Serializable, StandIn.Source
        permits SharedBytes, SharedInts, SharedLongs, SharedFloats, SharedDoubles {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient SharedMemory memory;
    private final transient Range range;
    private final transient boolean view; // of what another array closes

    // the elements, attached when they are used first; written by any thread
    private transient volatile @Nullable MemorySegment elements;

    /// Which elements of the memory.
    ///
    /// @param from the first
    /// @param length how many
    record Range(long from, long length) {}

    SharedArray(SharedMemory memory, Range range, boolean view) {
        this.memory = memory;
        this.range = range;
        this.view = view;
    }

    /// Makes memory for so many elements.
    static SharedMemory room(long length, int size) {
        if (length < 0 || length > Long.MAX_VALUE / size) {
            throw new IllegalArgumentException("no array has a length of " + length);
        }
        return SharedMemory.create(Math.max(1, length * size));
    }

    /// {@return how many bytes an element has}
    abstract int size();

    /// {@return an array of the same kind over other elements}
    abstract A over(SharedMemory part, Range some);

    /// {@return the number of its type in a [Handle]}
    abstract int type();

    /// {@return the elements}
    final MemorySegment elements() {
        var known = elements;
        return known == null ? attach() : known;
    }

    private MemorySegment attach() {
        var part = memory.segment().asSlice(range.from() * size(), range.length() * size());
        elements = part;
        return part;
    }

    /// {@return where an element is, in bytes}
    final long at(long index) {
        return Objects.checkIndex(index, range.length()) * size();
    }

    /// {@return where some elements are, in bytes}
    final long at(long index, int count) {
        return Objects.checkFromIndexSize(index, count, range.length()) * size();
    }

    /// {@return how many elements there are}
    public final long length() {
        return range.length();
    }

    /// {@return whether nothing can be written through this array}
    public final boolean isReadOnly() {
        return memory.isReadOnly();
    }

    /// Returns a part of this array, which is not copied. To close it does nothing.
    ///
    /// @param from the first element
    /// @param to the element after the last
    /// @return the part
    public final A slice(long from, long to) {
        Objects.checkFromToIndex(from, to, range.length());
        return over(memory, new Range(range.from() + from, to - from));
    }

    /// Returns the same elements, through which nothing can be written. To close them does nothing.
    ///
    /// @return the view
    public final A readOnly() {
        return over(memory.readOnly(), range);
    }

    /// Ends the memory, if this array was made by this process; otherwise ends this array. Does
    /// nothing to a part of another.
    @Override
    public final void close() {
        if (!view) {
            memory.close();
            elements = null;
        }
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + range.length() + " of " + memory + "]";
    }

    @Override
    public final Record standIn() {
        return memory.handle(type(), range.from(), range.length());
    }

    @Serial
    final Object writeReplace() {
        return standIn();
    }
}
