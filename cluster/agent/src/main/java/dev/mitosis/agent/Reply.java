package dev.mitosis.agent;

import java.io.IOException;
import java.util.List;

/// What a node answers to a [Frame].
///
/// @param status what became of it
/// @param text in words, where that says something
/// @param missing hashes of what must be sent along
/// @param body what the host answered
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Reply(Status status, String text, List<String> missing, byte[] body) {
    /// What became of a frame.
    public enum Status {
        /// It was done; the body says how.
        DONE,
        /// It was not begun, since something is missing here.
        MISSING,
        /// Its host died while it ran, or before it began; the text says of what.
        LOST,
        /// It cannot be run on this node, ever; the text says why.
        REFUSED
    }

    /// Copies the list.
    public Reply {
        missing = List.copyOf(missing);
    }

    static Reply done(byte[] body) {
        return new Reply(Status.DONE, "", List.of(), body);
    }

    static Reply missing(List<String> hashes) {
        return new Reply(Status.MISSING, "", hashes, new byte[0]);
    }

    static Reply lost(String why) {
        return new Reply(Status.LOST, why, List.of(), new byte[0]);
    }

    static Reply refused(String why) {
        return new Reply(Status.REFUSED, why, List.of(), new byte[0]);
    }

    /// {@return the bytes that travel}
    public byte[] toBytes() {
        return Wire.bytes(out -> {
            Wire.writeText(out, status.name());
            Wire.writeText(out, text);
            Wire.writeTexts(out, missing);
            Wire.writeArray(out, body);
        });
    }

    /// Reads a reply.
    ///
    /// @param bytes what [#toBytes] returned
    /// @return the reply
    /// @throws IOException if it is none
    public static Reply of(byte[] bytes) throws IOException {
        return Wire.read(bytes, in -> new Reply(Wire.readName(in, Status.class), Wire.readText(in),
                Wire.readTexts(in), Wire.readArray(in)));
    }
}
