package dev.mitosis.internal.codec;

import dev.mitosis.spi.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Bytes that grow at the end, of any total length; for one thread.
///
/// Small values are copied into a buffer. Large arrays are kept as they are, so they must not
/// change until the bytes have been sent; unless [#copyArrays] says that they may. Little-endian.
public final class ByteSink {
    /// Arrays from this length on are pieces of their own, and not copied into the buffer.
    public static final int KEEP = 16 << 10;

    private static final int SEAL = 16 << 20;
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// A place in the bytes, to come back to.
    ///
    /// @param sealed how many pieces were sealed
    /// @param buffer the number of the open buffer
    /// @param from where its open piece began
    /// @param at the position in it
    /// @param kept how many bytes there are of arrays that are pieces of their own
    public record Mark(int sealed, int buffer, int from, int at, long kept) {}

    private List<Bytes.Piece> sealed = List.of(); // its own as soon as it has any
    private long sealedSize;
    private long keptSize; // of the arrays that are pieces of their own
    private byte[] open;
    private int buffers; // how many open buffers were full
    private int from; // where the open piece begins in the open buffer
    private int at;
    private boolean copiesArrays;

    /// Makes an empty sink.
    ///
    /// @param expected how many bytes to make room for
    public ByteSink(int expected) {
        open = new byte[Math.max(64, expected)];
    }

    /// Makes an empty sink that fills an array of the caller's first.
    ///
    /// @param array the array
    public ByteSink(byte[] array) {
        open = array;
    }

    /// Has large arrays copied as well from now on: their owner may change them at any time.
    ///
    /// @return this
    public ByteSink copyArrays() {
        copiesArrays = true;
        return this;
    }

    /// {@return how many bytes there are}
    public long size() {
        return sealedSize + (at - from);
    }

    /// {@return how many bytes there are besides large arrays}
    public long copied() {
        return size() - keptSize;
    }

    /// {@return the present end}
    public Mark mark() {
        room(8); // so that what is appended next lies in this buffer, where a patch finds it
        return new Mark(sealed.size(), buffers, from, at, keptSize);
    }

    /// Forgets all bytes after a mark.
    ///
    /// @param mark the new end
    public void truncate(Mark mark) {
        if (sealed.size() > mark.sealed() && mark.at() > mark.from()) {
            open = sealed.get(mark.sealed()).array(); // patches went there, not to a later copy
        } else if (buffers > mark.buffer()) {
            open = new byte[Math.max(open.length, mark.at() + 8)]; // nothing to keep in it
        }
        while (sealed.size() > mark.sealed()) {
            sealedSize -= sealed.removeLast().length();
        }
        keptSize = mark.kept();
        buffers = mark.buffer();
        from = mark.from();
        at = mark.at();
    }

    /// Appends a byte.
    ///
    /// @param value the byte
    public void putByte(int value) {
        room(1);
        open[at++] = (byte) value;
    }

    /// Appends an int.
    ///
    /// @param value the number
    public void putInt(int value) {
        room(4);
        INT.set(open, at, value);
        at += 4;
    }

    /// Appends a long.
    ///
    /// @param value the number
    public void putLong(long value) {
        room(8);
        LONG.set(open, at, value);
        at += 8;
    }

    /// Appends a byte and a long, as a fixed record of eight bytes.
    ///
    /// @param kind the byte
    /// @param value the number
    public void putRecord(byte kind, long value) {
        room(9);
        open[at] = kind;
        LONG.set(open, at + 1, value);
        at += 9;
    }

    /// Appends a byte and an int, as a fixed record of four bytes or a head with a length.
    ///
    /// @param kind the byte
    /// @param value the number
    public void putRecord(byte kind, int value) {
        room(5);
        open[at] = kind;
        INT.set(open, at + 1, value);
        at += 5;
    }

    /// Writes a byte and an int where room was just made.
    ///
    /// @param position where, from [#reserve]
    /// @param kind the byte
    /// @param value the number
    void setRecord(int position, byte kind, int value) {
        open[position] = kind;
        INT.set(open, position + 1, value);
    }

    /// Writes the head of a column where room was just made.
    ///
    /// @param position where, from [#reserve]
    /// @param kind the kind of its items
    /// @param count how many they are
    void setColumn(int position, byte kind, int count) {
        open[position] = Kind.COLUMN;
        setRecord(position + 1, kind, count);
    }

    /// Writes a number where room was just made.
    ///
    /// @param position where
    /// @param length in how many bytes, 4 or 8
    /// @param bits the number, or its raw bits
    void setNumber(int position, int length, long bits) {
        if (length == Integer.BYTES) {
            INT.set(open, position, (int) bits);
        } else {
            LONG.set(open, position, bits);
        }
    }

    /// Gives back room that was just made.
    ///
    /// @param length how many bytes, from the end
    void giveBack(int length) {
        at -= length;
    }

    /// Appends a copy of some bytes.
    ///
    /// @param source the bytes
    /// @param offset where they begin
    /// @param length how many
    public void putBytes(byte[] source, int offset, int length) {
        room(length);
        System.arraycopy(source, offset, open, at, length);
        at += length;
    }

    /// Makes room for some bytes and returns where in [#buffer] they are to be written.
    ///
    /// @param length how many
    /// @return the position
    public int reserve(int length) {
        room(length);
        at += length;
        return at - length;
    }

    /// {@return the open buffer, until anything else is appended}
    public byte[] buffer() {
        return open;
    }

    /// Appends an array; a large one is kept, and not copied unless [#copyArrays] says so.
    ///
    /// @param array the bytes
    public void putArray(byte[] array) {
        putArray(array, 0, array.length);
    }

    /// Appends some bytes of an array; if they are many it is kept, and they are not copied unless
    /// [#copyArrays] says so.
    ///
    /// @param array the array
    /// @param offset where they begin
    /// @param length how many
    /// @return whether they are many
    public boolean putArray(byte[] array, int offset, int length) {
        if (length < KEEP) {
            putBytes(array, offset, length);
            return false;
        }
        seal();
        add(copiesArrays
                ? new Bytes.Piece(Arrays.copyOfRange(array, offset, offset + length), 0, length)
                : new Bytes.Piece(array, offset, length));
        sealedSize += length;
        keptSize += length;
        return true;
    }

    /// Overwrites an int that was appended right at a mark.
    ///
    /// @param mark the place
    /// @param value the number
    public void patchInt(Mark mark, int value) {
        INT.set(arrayAt(mark), mark.at(), value);
    }

    /// Overwrites a long that was appended right at a mark.
    ///
    /// @param mark the place
    /// @param value the number
    public void patchLong(Mark mark, long value) {
        LONG.set(arrayAt(mark), mark.at(), value);
    }

    private byte[] arrayAt(Mark mark) {
        return mark.sealed() == sealed.size() ? open : sealed.get(mark.sealed()).array();
    }

    /// {@return all bytes; the sink must not be used after that}
    public Bytes toBytes() {
        seal();
        return new Bytes(sealed, sealedSize);
    }

    /// Copies all bytes; the sink must not be used after that.
    ///
    /// @param into where to; has room for it
    /// @return that
    public ByteBuffer putInto(ByteBuffer into) {
        for (var piece : toBytes().pieces()) {
            into.put(piece.array(), piece.offset(), piece.length());
        }
        return into;
    }

    /// {@return a copy of all bytes, if [#isSimple]}
    public Bytes copy() {
        return Bytes.of(Arrays.copyOf(open, at));
    }

    /// Forgets all bytes, and keeps the buffer for the next.
    public void clear() {
        if (!sealed.isEmpty()) {
            open = new byte[4 << 10];
            sealed.clear();
        }
        sealedSize = 0;
        keptSize = 0;
        from = 0;
        at = 0;
    }

    /// {@return whether all bytes are in the open buffer, from 0 to [#size]}
    public boolean isSimple() {
        return sealed.isEmpty() && from == 0;
    }

    private void room(int length) {
        if (open.length - at < length) {
            grow(length);
        }
    }

    private void grow(int length) {
        // Not at - from: a buffer that many small pieces share must not grow without end either.
        if (at > SEAL) {
            seal();
            open = new byte[Math.max(SEAL, length)];
            buffers++;
            from = 0;
            at = 0;
        } else {
            long wanted = Math.max(at + (long) length, open.length * 2L);
            if (at + (long) length > Integer.MAX_VALUE - 16) {
                throw new OutOfMemoryError("one piece of a value is larger than an array can be");
            }
            open = Arrays.copyOf(open, (int) Math.min(wanted, Integer.MAX_VALUE - 16));
        }
    }

    private void add(Bytes.Piece piece) {
        if (sealed.isEmpty()) {
            sealed = new ArrayList<>();
        }
        sealed.add(piece);
    }

    private void seal() {
        if (at > from) {
            add(new Bytes.Piece(open, from, at - from));
            sealedSize += at - from;
            from = at;
        }
    }
}
