package dev.mitosis.internal.node;

import dev.mitosis.spi.Bytes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Texts and arrays behind their lengths.
final class Fields {
    private Fields() {}

    static void writeArray(DataOutputStream out, byte[] array) throws IOException {
        out.writeInt(array.length);
        out.write(array);
    }

    static byte[] readArray(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            throw new IOException("an array cannot have " + length + " bytes");
        }
        byte[] array = in.readNBytes(length); // grows as bytes come: a length may be a lie
        if (array.length < length) {
            throw new EOFException("of " + length + " bytes only " + array.length + " came");
        }
        return array;
    }

    /// {@return both, none of them copied}
    static Bytes both(Bytes first, Bytes second) {
        var pieces = new ArrayList<>(first.pieces());
        pieces.addAll(second.pieces());
        return new Bytes(pieces, first.size() + second.size());
    }

    /// {@return all that is left, not copied}
    ///
    /// @param in a stream over an array
    /// @param all that array
    static Bytes rest(DataInputStream in, byte[] all) throws IOException {
        int left = in.available();
        return part(all, all.length - left, left);
    }

    /// {@return a part of an array, not copied}
    static Bytes part(byte[] array, int offset, int length) {
        return length == 0 ? Bytes.EMPTY
                : new Bytes(List.of(new Bytes.Piece(array, offset, length)), length);
    }

    static void writeText(DataOutputStream out, String text) throws IOException {
        writeArray(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static String readText(DataInputStream in) throws IOException {
        return new String(readArray(in), StandardCharsets.UTF_8);
    }

    static void writeTexts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (var text : texts) {
            writeText(out, text);
        }
    }

    static List<String> readTexts(DataInputStream in) throws IOException {
        int count = in.readInt();
        var texts = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            texts.add(readText(in));
        }
        return texts;
    }
}
