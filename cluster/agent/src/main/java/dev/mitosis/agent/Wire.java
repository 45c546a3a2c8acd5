package dev.mitosis.agent;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// How a driver's and a node's records become bytes: numbers as [java.io.DataOutput] has them,
/// texts and arrays behind their lengths.
public final class Wire {
    /// What this build of driver and agent say to each other; the first byte of whatever travels.
    public static final byte VERSION = 1;

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
        /// @throws IOException if there are not as many bytes as they should be
        T from(DataInputStream in) throws IOException;
    }

    /// {@return what is written, as bytes, behind the version}
    ///
    /// @param writing writes it
    public static byte[] bytes(Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try {
            var out = new DataOutputStream(bytes);
            out.writeByte(VERSION);
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// Reads what is behind the version.
    ///
    /// @param <T> what is read
    /// @param bytes what [#bytes] returned
    /// @param reading reads it
    /// @return what was read
    /// @throws IOException if it is not such bytes, or of another version
    public static <T> T read(byte[] bytes, Reading<T> reading) throws IOException {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.read();
            if (version != VERSION) {
                throw new IOException("one side of this cluster speaks version " + version
                        + " and the other " + VERSION + ": the driver and all nodes need the same"
                        + " mitosis-agent");
            }
            return reading.from(in);
        }
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
    public static byte[] readArray(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            throw new IOException("an array cannot have " + length + " bytes");
        }
        var array = in.readNBytes(length); // grows as bytes come: a length may be a lie
        if (array.length < length) {
            throw new EOFException("of " + length + " bytes only " + array.length + " came");
        }
        return array;
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
    public static String readText(DataInputStream in) throws IOException {
        return new String(readArray(in), StandardCharsets.UTF_8);
    }

    /// Reads one of a few names.
    ///
    /// @param <E> what they name
    /// @param in where from
    /// @param type what they name
    /// @return what is named
    /// @throws IOException if it is none of them
    public static <E extends Enum<E>> E readName(DataInputStream in, Class<E> type)
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
    public static List<String> readTexts(DataInputStream in) throws IOException {
        return readList(in, Wire::readText);
    }

    /// Reads what stands behind its number.
    ///
    /// @param <T> what is read
    /// @param in where from
    /// @param reading reads one
    /// @return all of them
    /// @throws IOException if fewer are there than should be
    public static <T> List<T> readList(DataInputStream in, Reading<T> reading) throws IOException {
        int count = in.readInt();
        var all = new ArrayList<T>();
        for (int i = 0; i < count; i++) {
            all.add(reading.from(in));
        }
        return List.copyOf(all);
    }
}
