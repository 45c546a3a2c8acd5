package dev.mitosis.share;

import java.io.InvalidObjectException;
import java.io.Serial;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.stream.LongStream;

/// An array of longs that several processes see, of any length.
///
/// It lives, travels and attaches as its [SharedMemory] does. Reads and writes are plain ones,
/// atomic but in no order; to order them there are [#getAndAdd] and [#compareAndSet].
/// The order of bytes is the machine's own.
public final class SharedLongs extends SharedArray<SharedLongs> {
    @Serial
    private static final long serialVersionUID = 1;

    private static final ValueLayout.OfLong LAYOUT = ValueLayout.JAVA_LONG;
    private static final VarHandle ELEMENT = LAYOUT.varHandle();

    SharedLongs(SharedMemory memory, Range range, boolean view) {
        super(memory, range, view);
    }

    /// Makes an array of zeros.
    ///
    /// @param length how many
    /// @return the array, to be closed
    /// @throws java.io.UncheckedIOException if there is no room for it
    public static SharedLongs create(long length) {
        return new SharedLongs(room(length, Long.BYTES), new Range(0, length), false);
    }

    /// Makes an array of some values.
    ///
    /// @param values the values, which are copied
    /// @return the array, to be closed
    /// @throws java.io.UncheckedIOException if there is no room for it
    public static SharedLongs of(long... values) {
        var array = create(values.length);
        array.copyFrom(values, 0);
        return array;
    }

    /// {@return an element}
    ///
    /// @param index its index
    public long get(long index) {
        return elements().get(LAYOUT, at(index));
    }

    /// Sets an element.
    ///
    /// @param index its index
    /// @param value the value
    public void set(long index, long value) {
        elements().set(LAYOUT, at(index), value);
    }

    /// Adds to an element, as one step for all processes; a full fence.
    ///
    /// @param index its index
    /// @param delta what to add
    /// @return the value before
    public long getAndAdd(long index, long delta) {
        return (long) ELEMENT.getAndAdd(elements(), at(index), delta);
    }

    /// Sets an element if it has a value, as one step for all processes; a full fence.
    ///
    /// @param index its index
    /// @param expected the value that it should have
    /// @param value the new value
    /// @return whether it had that
    public boolean compareAndSet(long index, long expected, long value) {
        return ELEMENT.compareAndSet(elements(), at(index), expected, value);
    }

    /// Copies values into this array.
    ///
    /// @param source the values
    /// @param index where the first one goes
    public void copyFrom(long[] source, long index) {
        MemorySegment.copy(source, 0, elements(), LAYOUT, at(index, source.length), source.length);
    }

    /// Copies elements out of this array.
    ///
    /// @param index the first one
    /// @param target where they go; it is filled
    public void copyTo(long index, long[] target) {
        MemorySegment.copy(elements(), LAYOUT, at(index, target.length), target, 0, target.length);
    }

    /// {@return all elements, as they are when the stream comes to them}
    public LongStream stream() {
        return LongStream.range(0, length()).map(this::get);
    }

    @Override
    int size() {
        return Long.BYTES;
    }

    @Override
    SharedLongs over(SharedMemory part, Range some) {
        return new SharedLongs(part, some, true);
    }

    @Override
    int type() {
        return Handle.LONGS;
    }

    @Serial
    private Object readResolve() throws InvalidObjectException {
        throw Handle.misread();
    }
}
