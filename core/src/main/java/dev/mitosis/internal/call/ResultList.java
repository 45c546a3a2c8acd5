package dev.mitosis.internal.call;

import java.io.Serializable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// The results of a `map`, in a modifiable list that keeps numbers as they came, 8 bytes each.
///
/// A number becomes an object when it is read. A million of them would otherwise be a million
/// objects that the caller's garbage collector copies while they come in. The first change of the
/// list makes an ordinary one of it. As safe for use by many threads as an `ArrayList`.
///
/// @param <R> the type of a result
@SuppressWarnings({"NullAway", "serial"}) // null is a legal result; what is serialized is a copy
final class ResultList<R> extends AbstractList<R> implements RandomAccess, Serializable {
    private static final long serialVersionUID = 1L;

    private final transient ArrayList<Chunk> chunks;
    private transient @Nullable Chunk last; // of the chunks
    private transient int size;
    private final transient int expected;
    private transient @Nullable ArrayList<R> changed; // all results, once the list was changed

    /// Makes an empty list.
    ///
    /// @param expected how many results to make room for
    ResultList(int expected) {
        this.expected = expected;
        chunks = new ArrayList<>(expected / Chunk.SIZE + 1);
    }

    /// Appends a number, as it came.
    ///
    /// @param kind the kind of its record
    /// @param bits the number, or its raw bits
    void addNumber(byte kind, long bits) {
        var chunk = open();
        if (!chunk.addNumber(kind, bits)) {
            chunk.addValue(BatchReader.boxed(kind, bits));
        }
        size++;
    }

    /// Appends the numbers that follow the one that was read, and appended, last.
    ///
    /// @return how many there were
    int addRun(BatchReader read) {
        int more = last == null ? 0 : last.addRun(read);
        size += more;
        return more;
    }

    /// Appends anything else.
    void addValue(@Nullable Object value) {
        open().addValue(value);
        size++;
    }

    private Chunk open() {
        var chunk = last;
        if (chunk == null || chunk.isFull()) {
            chunk = new Chunk(expected - size);
            chunks.add(chunk);
            last = chunk;
        }
        return chunk;
    }

    @Override
    public int size() {
        var list = changed;
        return list == null ? size : list.size();
    }

    @Override
    @SuppressWarnings("unchecked") // the function's type was checked where the call was made
    public R get(int index) {
        var list = changed;
        if (list != null) {
            return list.get(index);
        }
        Objects.checkIndex(index, size);
        return (R) chunks.get(index / Chunk.SIZE).get(index % Chunk.SIZE);
    }

    // -- changes -----------------------------------------------------------------------------

    private List<R> own() {
        var list = changed;
        if (list == null) {
            list = new ArrayList<>(this);
            changed = list;
            chunks.clear();
        }
        return list;
    }

    @Override
    public R set(int index, R element) {
        return own().set(index, element);
    }

    @Override
    public void add(int index, R element) {
        own().add(index, element);
        modCount++;
    }

    @Override
    public boolean addAll(Collection<? extends R> more) {
        modCount++;
        return own().addAll(more);
    }

    @Override
    public R remove(int index) {
        modCount++;
        return own().remove(index);
    }

    @Override
    protected void removeRange(int from, int to) {
        own().subList(from, to).clear();
        modCount++;
    }

    private Object writeReplace() {
        return new ArrayList<>(this);
    }

    /// Some results, one after another: numbers of one kind as they came, or objects.
    private static final class Chunk {
        static final int SIZE = 1 << 13;
        private static final int LEAST = 16;

        private final int expected;
        private byte kind; // of the numbers
        private long @Nullable [] numbers;
        private @Nullable Object @Nullable [] values; // instead of the numbers
        private int count;

        Chunk(int expected) {
            this.expected = Math.clamp(expected, LEAST, SIZE);
        }

        boolean isFull() {
            return count == SIZE;
        }

        boolean addNumber(byte itsKind, long bits) {
            if (count == 0) { // not before: most results are no numbers
                kind = itsKind;
                numbers = new long[expected];
            } else if (numbers == null || kind != itsKind) {
                return false;
            }
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, SIZE);
            }
            numbers[count++] = bits;
            return true;
        }

        int addRun(BatchReader read) {
            int more = numbers == null ? 0 : read.readRun(numbers, count, numbers.length - count);
            count += more;
            return more;
        }

        void addValue(@Nullable Object value) {
            if (values == null) {
                var all = new @Nullable Object[Math.max(expected, count + 1)];
                for (int i = 0; i < count; i++) {
                    all[i] = get(i);
                }
                values = all;
                numbers = null;
            } else if (count == values.length) {
                values = Arrays.copyOf(values, SIZE);
            }
            values[count++] = value;
        }

        @Nullable Object get(int i) {
            return values == null ? BatchReader.boxed(kind, numbers[i]) : values[i];
        }
    }
}
