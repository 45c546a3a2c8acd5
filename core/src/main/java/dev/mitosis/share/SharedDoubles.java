package dev.mitosis.share;

import java.io.InvalidObjectException;
import java.io.Serial;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/// An array of doubles that several processes see, of any length.
///
/// It lives, travels and attaches as its [SharedMemory] does. Reads and writes are plain ones, in
/// no order that other threads or processes can rely on.
/// The order of bytes is the machine's own.
public final class SharedDoubles extends SharedArray<SharedDoubles> {
    @Serial
    private static final long serialVersionUID = 1;

    private static final ValueLayout.OfDouble LAYOUT = ValueLayout.JAVA_DOUBLE;

    SharedDoubles(SharedMemory memory, Range range, boolean view) {
        super(memory, range, view);
    }

    /// Makes an array of zeros.
    ///
    /// @param length how many
    /// @return the array, to be closed
    /// @throws java.io.UncheckedIOException if there is no room for it
    public static SharedDoubles create(long length) {
        return new SharedDoubles(room(length, Double.BYTES), new Range(0, length), false);
    }

    /// Makes an array of some values.
    ///
    /// @param values the values, which are copied
    /// @return the array, to be closed
    /// @throws java.io.UncheckedIOException if there is no room for it
    public static SharedDoubles of(double... values) {
        var array = create(values.length);
        array.copyFrom(values, 0);
        return array;
    }

    /// {@return an element}
    ///
    /// @param index its index
    public double get(long index) {
        return elements().get(LAYOUT, at(index));
    }

    /// Sets an element.
    ///
    /// @param index its index
    /// @param value the value
    public void set(long index, double value) {
        elements().set(LAYOUT, at(index), value);
    }

    /// Copies values into this array.
    ///
    /// @param source the values
    /// @param index where the first one goes
    public void copyFrom(double[] source, long index) {
        MemorySegment.copy(source, 0, elements(), LAYOUT, at(index, source.length), source.length);
    }

    /// Copies elements out of this array.
    ///
    /// @param index the first one
    /// @param target where they go; it is filled
    public void copyTo(long index, double[] target) {
        MemorySegment.copy(elements(), LAYOUT, at(index, target.length), target, 0, target.length);
    }

    /// {@return all elements, as they are when the stream comes to them}
    public DoubleStream stream() {
        return LongStream.range(0, length()).mapToDouble(this::get);
    }

    @Override
    int size() {
        return Double.BYTES;
    }

    @Override
    SharedDoubles over(SharedMemory part, Range some) {
        return new SharedDoubles(part, some, true);
    }

    @Override
    int type() {
        return Handle.DOUBLES;
    }

    @Serial
    private Object readResolve() throws InvalidObjectException {
        throw Handle.misread();
    }
}
