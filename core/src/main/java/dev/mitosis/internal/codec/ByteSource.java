package dev.mitosis.internal.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mitosis.spi.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Bytes that are read once, from the beginning, through a window; for one thread.
///
/// Little-endian, the counterpart of [ByteSink]. A subclass says where the next window comes from.
public abstract class ByteSource {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int STEP = 16 << 20;

    private static final byte[] NOTHING = new byte[0];

    private byte[] window = NOTHING;
    private byte[] seam = NOTHING; // where bytes of several windows come together for a view
    private int at;
    private int end;
    private long base; // what to add to at for the position in the whole

    /// Makes a source whose first window is yet to come.
    protected ByteSource() {}

    /// Returns a source of some bytes, which it does not copy.
    ///
    /// @param bytes the bytes
    /// @return the source
    public static ByteSource of(Bytes bytes) {
        var pieces = bytes.pieces().iterator();
        return new ByteSource() {
            @Override
            protected boolean refill() {
                if (!pieces.hasNext()) {
                    return false;
                }
                var piece = pieces.next();
                window(piece.array(), piece.offset(), piece.length());
                return true;
            }
        };
    }

    /// Calls [#window] with the next bytes, at least one; returns false at the end.
    ///
    /// @return whether there are more bytes
    /// @throws IOException if they cannot be had
    protected abstract boolean refill() throws IOException;

    /// Fills an array from beyond the window; by default by way of the next windows.
    ///
    /// @param into the array
    /// @param offset where to begin
    /// @param length how many bytes
    /// @throws IOException if they cannot be had
    protected void readBeyond(byte[] into, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            more();
            int part = Math.min(end - at, length - done);
            System.arraycopy(window, at, into, offset + done, part);
            at += part;
            done += part;
        }
    }

    /// Sets the window; only [#refill] may.
    ///
    /// @param array the bytes, not changed before the next refill
    /// @param offset where the window begins
    /// @param length how long it is
    protected final void window(byte[] array, int offset, int length) {
        base += end - offset;
        window = array;
        at = offset;
        end = offset + length;
    }

    /// {@return how many bytes were read}
    public final long position() {
        return base + at;
    }

    /// {@return how many bytes are in the window}
    final int near() {
        return end - at;
    }

    /// {@return whether there is another byte}
    /// @throws IOException if that cannot be known
    public final boolean hasMore() throws IOException {
        while (at == end) {
            if (!refill()) {
                return false;
            }
        }
        return true;
    }

    /// {@return the next byte, which stays}
    /// @throws IOException if there is none
    public final byte peek() throws IOException {
        if (at == end) {
            more();
        }
        return window[at];
    }

    /// {@return the next byte}
    /// @throws IOException if there is none
    public final byte readByte() throws IOException {
        if (at == end) {
            more();
        }
        return window[at++];
    }

    /// {@return the next int}
    /// @throws IOException if there are not enough bytes
    public final int readInt() throws IOException {
        if (end - at >= 4) {
            at += 4;
            return intBefore(at);
        }
        return (int) slow(4);
    }

    /// {@return the next long}
    /// @throws IOException if there are not enough bytes
    public final long readLong() throws IOException {
        if (end - at >= 8) {
            at += 8;
            return intBefore(at - 4) & 0xffff_ffffL | (long) intBefore(at) << 32;
        }
        return slow(8);
    }

    /// By single bytes: for a handle, a new worker would interpret and compile much more.
    private int intBefore(int place) {
        byte[] from = window;
        return from[place - 4] & 0xff | (from[place - 3] & 0xff) << 8
                | (from[place - 2] & 0xff) << 16 | from[place - 1] << 24;
    }

    /// Reads fixed records of one kind, as long as they follow each other and are in the window.
    ///
    /// @param kind the kind
    /// @param body how long its body is, 4 or 8
    /// @param into where the bodies go
    /// @param offset where in it
    /// @param most how many at most
    /// @return how many
    final int readRun(byte kind, int body, long[] into, int offset, int most) {
        int last = offset + Math.min(most, (end - at) / (1 + body));
        int done = offset;
        byte[] from = window;
        int place = at;
        if (body == 8) {
            for (; done < last && from[place] == kind; place += 9) {
                into[done++] = (long) LONG.get(from, place + 1);
            }
        } else {
            for (; done < last && from[place] == kind; place += 5) {
                into[done++] = (int) INT.get(from, place + 1);
            }
        }
        at = place;
        return done - offset;
    }

    /// Fills a part of an array.
    ///
    /// @param into the array
    /// @param offset where to begin
    /// @param length how many bytes
    /// @throws IOException if there are not enough bytes
    public final void readFully(byte[] into, int offset, int length) throws IOException {
        int near = Math.min(end - at, length);
        System.arraycopy(window, at, into, offset, near);
        at += near;
        if (near < length) {
            long after = position() + length - near;
            readBeyond(into, offset + near, length - near);
            base = after - at; // an override does not move the window
        }
    }

    /// Returns a view on the next bytes, little-endian, until anything else is read.
    ///
    /// @param length how many
    /// @return the bytes
    /// @throws IOException if there are not enough bytes
    final ByteBuffer view(int length) throws IOException {
        if (end - at >= length) {
            at += length;
            return ByteBuffer.wrap(window, at - length, length).order(ByteOrder.LITTLE_ENDIAN);
        }
        if (seam.length < length) {
            seam = new byte[length];
        }
        readFully(seam, 0, length);
        return ByteBuffer.wrap(seam, 0, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Returns the next bytes as a string of characters up to U+00FF.
    ///
    /// @param length how many
    /// @return the string
    /// @throws IOException if there are not enough bytes
    final String readLatin1(int length) throws IOException {
        if (end - at >= length) {
            at += length;
            return new String(window, at - length, length, ISO_8859_1);
        }
        return new String(readArray(length), ISO_8859_1);
    }

    /// Returns the next bytes, without a copy where they are in the window.
    ///
    /// @param length how many
    /// @return the bytes, valid until anything else is read
    /// @throws IOException if there are not enough bytes
    final Bytes take(long length) throws IOException {
        if (length == 0) {
            return Bytes.EMPTY;
        }
        if (end - at >= length) {
            at += (int) length;
            var piece = new Bytes.Piece(window, at - (int) length, (int) length);
            return new Bytes(List.of(piece), length);
        }
        var pieces = new ArrayList<Bytes.Piece>();
        for (long left = length; left > 0; ) {
            byte[] array = new byte[(int) Math.min(left, STEP)];
            readFully(array, 0, array.length);
            pieces.add(new Bytes.Piece(array, 0, array.length));
            left -= array.length;
        }
        return new Bytes(pieces, length);
    }

    /// Returns the next bytes as an array, without a copy where the window is just that array.
    ///
    /// An absurd length fails for want of bytes before it can exhaust the heap.
    ///
    /// @param length how many
    /// @return the bytes, now the caller's
    /// @throws IOException if there are not enough bytes
    public final byte[] readArray(int length) throws IOException {
        if (length == 0) {
            return new byte[0];
        }
        if (at == end) {
            more();
        }
        if (at == 0 && end == length && window.length == length && handsOver()) {
            at = end;
            return window;
        }
        byte[] array = new byte[Math.min(length, Math.max(believed(), end - at))];
        readFully(array, 0, array.length);
        while (array.length < length) {
            int done = array.length;
            array = Arrays.copyOf(array, (int) Math.min(length, done * 4L));
            readFully(array, done, array.length - done);
        }
        return array;
    }

    /// {@return how long a claimed array may be for it to be made at once, before its bytes come}
    protected int believed() {
        return STEP;
    }

    /// Lets the window become a value, as it then does: nobody else may have it, or use it again.
    ///
    /// @return whether it may
    protected boolean handsOver() {
        return false;
    }

    /// Passes over some bytes.
    ///
    /// @param count how many
    /// @throws IOException if there are not enough bytes
    public final void skip(long count) throws IOException {
        long left = count;
        while (left > 0) {
            if (at == end) {
                more();
            }
            int part = (int) Math.min(end - at, left);
            at += part;
            left -= part;
        }
    }

    private long slow(int length) throws IOException {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (readByte() & 0xffL) << (8 * i);
        }
        return value;
    }

    private void more() throws IOException {
        if (!hasMore()) {
            throw new EOFException("the bytes end in the middle of a value");
        }
    }
}
