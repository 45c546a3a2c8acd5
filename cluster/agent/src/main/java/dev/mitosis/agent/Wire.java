package dev.mitosis.agent;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How a driver's and a node's records become bytes: numbers as [java.io.DataOutput] has them,
/// texts and arrays behind their lengths.
///
/// What may be large stands last: it is copied once into what an engine sends, and not at all out
/// of what an engine brings.
public final class Wire {
    /// What this build of driver and agent say to each other; the first byte of whatever travels.
    public static final byte VERSION = 2;

    // From so many bytes on a piece is not copied. A pool uses shorter arrays again, perhaps while
    // the engine still takes the bytes of a frame that nobody waits for any more.
    private static final int KEPT = (512 << 10) + 1;

    private static final int BELIEVED = 16 << 20; // bytes that room is made for before they come

    private Wire() {}

    /// Writes something.
    public interface Writing {
        /// Writes it.
        ///
        /// @param out where to
        /// @throws IOException never, but that is what streams say
        void to(DataOutput out) throws IOException;
    }

    /// Reads something.
    ///
    /// @param <T> what
    public interface Reading<T> {
        /// Reads it.
        ///
        /// @param in where from
        /// @return what was read
        /// @throws IOException if it cannot be that
        T from(ByteBuffer in) throws IOException;
    }

    /// {@return what is written, as bytes, behind the version}
    ///
    /// @param writing writes it
    public static byte[] bytes(Writing writing) {
        return written(writing).toByteArray();
    }

    private static ByteArrayOutputStream written(Writing writing) {
        var bytes = new ByteArrayOutputStream(1 << 9);
        try {
            var out = new DataOutputStream(bytes);
            out.writeByte(VERSION);
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    /// {@return what is written, behind the version, and then the rest, all of it in few pieces}
    ///
    /// @param writing writes it; that is all in the first piece
    /// @param rest what stands last; only small pieces of it are copied
    public static List<ByteBuffer> pieces(Writing writing, List<ByteBuffer> rest) {
        var all = new ArrayList<ByteBuffer>();
        var small = written(writing);
        for (var piece : rest) {
            if (piece.remaining() < KEPT) {
                small.write(piece.array(), piece.arrayOffset() + piece.position(),
                        piece.remaining());
            } else {
                if (small.size() > 0) {
                    all.add(ByteBuffer.wrap(small.toByteArray()));
                    small.reset();
                }
                all.add(piece);
            }
        }
        if (small.size() > 0) {
            all.add(ByteBuffer.wrap(small.toByteArray()));
        }
        return all;
    }

    /// {@return all of them in one array}
    ///
    /// @param pieces what is copied
    public static byte[] joined(List<ByteBuffer> pieces) {
        var all = ByteBuffer.allocate(Math.toIntExact(size(pieces)));
        pieces.forEach(piece -> all.put(piece.duplicate()));
        return all.array();
    }

    /// {@return how many bytes there are in all}
    ///
    /// @param pieces of what
    public static long size(List<ByteBuffer> pieces) {
        return pieces.stream().mapToLong(ByteBuffer::remaining).sum();
    }

    /// Reads what is behind the version.
    ///
    /// @param <T> what is read
    /// @param bytes what [#bytes] returned
    /// @param reading reads it
    /// @return what was read
    /// @throws IOException if it is not such bytes, or of another version
    public static <T> T read(ByteBuffer bytes, Reading<T> reading) throws IOException {
        var in = bytes.duplicate();
        try {
            int version = in.get();
            if (version != VERSION) {
                throw new IOException("one side of this cluster speaks version " + version
                        + " and the other " + VERSION + ": the driver and all nodes need the same"
                        + " mitosis-agent");
            }
            return reading.from(in);
        } catch (BufferUnderflowException e) {
            throw tooShort(bytes.remaining(), e);
        }
    }

    private static EOFException tooShort(int length, BufferUnderflowException cause) {
        var end = new EOFException("its " + length + " bytes end in the middle");
        end.initCause(cause);
        return end;
    }

    /// Writes an array behind its length.
    ///
    /// @param out where to
    /// @param array the array
    /// @throws IOException if it cannot be written
    public static void writeArray(DataOutput out, byte[] array) throws IOException {
        out.writeInt(array.length);
        out.write(array);
    }

    /// Reads an array.
    ///
    /// @param in where from
    /// @return the array
    /// @throws IOException if fewer bytes are there than it should have
    public static byte[] readArray(ByteBuffer in) throws IOException {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new EOFException("of " + length + " bytes only " + in.remaining() + " came");
        }
        var array = new byte[length];
        in.get(array);
        return array;
    }

    /// Reads an array behind its length from a stream, as it comes: a length may be a lie.
    ///
    /// @param in where from
    /// @param tail what is to be added
    /// @return what was read, and the tail
    /// @throws IOException if fewer bytes come than it should have
    public static byte[] readArray(DataInputStream in, byte[] tail) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > Integer.MAX_VALUE - 16 - tail.length) {
            throw new IOException("an array cannot have " + length + " bytes");
        }
        int room = Math.min(length, BELIEVED);
        var array = new byte[room + tail.length];
        in.readFully(array, 0, room);
        while (room < length) {
            int more = Math.min(length - room, room);
            array = Arrays.copyOf(array, room + more + tail.length);
            in.readFully(array, room, more);
            room += more;
        }
        System.arraycopy(tail, 0, array, length, tail.length);
        return array;
    }

    /// {@return all that is left, not copied}
    ///
    /// @param in of what
    public static ByteBuffer rest(ByteBuffer in) {
        var rest = in.slice();
        in.position(in.limit());
        return rest;
    }

    /// Writes a text of any length.
    ///
    /// @param out where to
    /// @param text the text
    /// @throws IOException if it cannot be written
    public static void writeText(DataOutput out, String text) throws IOException {
        writeArray(out, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Reads a text.
    ///
    /// @param in where from
    /// @return the text
    /// @throws IOException if fewer bytes are there than it should have
    public static String readText(ByteBuffer in) throws IOException {
        return new String(readArray(in), StandardCharsets.UTF_8);
    }

    /// Reads one of a few names.
    ///
    /// @param <E> what they name
    /// @param in where from
    /// @param type what they name
    /// @return what is named
    /// @throws IOException if it is none of them
    public static <E extends Enum<E>> E readName(ByteBuffer in, Class<E> type)
            throws IOException {
        var name = readText(in);
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw new IOException("there is no " + type.getSimpleName() + " " + name, e);
        }
    }

    /// Writes texts behind their number.
    ///
    /// @param out where to
    /// @param texts the texts
    /// @throws IOException if they cannot be written
    public static void writeTexts(DataOutput out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (var text : texts) {
            writeText(out, text);
        }
    }

    /// Reads texts.
    ///
    /// @param in where from
    /// @return the texts
    /// @throws IOException if fewer are there than should be
    public static List<String> readTexts(ByteBuffer in) throws IOException {
        return readList(in, Wire::readText);
    }

    /// Reads what stands behind its number.
    ///
    /// @param <T> what is read
    /// @param in where from
    /// @param reading reads one
    /// @return all of them
    /// @throws IOException if fewer are there than should be
    public static <T> List<T> readList(ByteBuffer in, Reading<T> reading) throws IOException {
        int count = in.getInt();
        var all = new ArrayList<T>();
        for (int i = 0; i < count; i++) {
            all.add(reading.from(in));
        }
        return List.copyOf(all);
    }
}
