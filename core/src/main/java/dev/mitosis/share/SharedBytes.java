package dev.mitosis.share;

import java.io.InvalidObjectException;
import java.io.Serial;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// An array of bytes that several processes see, of any length.
///
/// It lives, travels and attaches as its [SharedMemory] does. Reads and writes are plain ones, in
/// no order that other threads or processes can rely on.
/// The order of bytes is the machine's own.
public final class SharedBytes extends SharedArray<SharedBytes> {
    @Serial
    private static final long serialVersionUID = 1;

    private static final ValueLayout.OfByte LAYOUT = ValueLayout.JAVA_BYTE;

    SharedBytes(SharedMemory memory, Range range, boolean view) {
        super(memory, range, view);
    }

    /// Makes an array of zeros.
    ///
    /// @param length how many
    /// @return the array, to be closed
    /// @throws java.io.UncheckedIOException if there is no room for it
    public static SharedBytes create(long length) {
        return new SharedBytes(room(length, Byte.BYTES), new Range(0, length), false);
    }

    /// Makes an array of some values.
    ///
    /// @param values the values, which are copied
    /// @return the array, to be closed
    /// @throws java.io.UncheckedIOException if there is no room for it
    public static SharedBytes of(byte... values) {
        var array = create(values.length);
        array.copyFrom(values, 0);
        return array;
    }

    /// {@return an element}
    ///
    /// @param index its index
    public byte get(long index) {
        return elements().get(LAYOUT, at(index));
    }

    /// Sets an element.
    ///
    /// @param index its index
    /// @param value the value
    public void set(long index, byte value) {
        elements().set(LAYOUT, at(index), value);
    }

    /// Copies values into this array.
    ///
    /// @param source the values
    /// @param index where the first one goes
    public void copyFrom(byte[] source, long index) {
        MemorySegment.copy(source, 0, elements(), LAYOUT, at(index, source.length), source.length);
    }

    /// Copies elements out of this array.
    ///
    /// @param index the first one
    /// @param target where they go; it is filled
    public void copyTo(long index, byte[] target) {
        MemorySegment.copy(elements(), LAYOUT, at(index, target.length), target, 0, target.length);
    }

    /// {@return all elements, as they are when the stream comes to them}
    public IntStream stream() {
        return LongStream.range(0, length()).mapToInt(this::get);
    }

    @Override
    int size() {
        return Byte.BYTES;
    }

    @Override
    SharedBytes over(SharedMemory part, Range some) {
        return new SharedBytes(part, some, true);
    }

    @Override
    int type() {
        return Handle.BYTES;
    }

    @Serial
    private Object readResolve() throws InvalidObjectException {
        throw Handle.misread();
    }
}
