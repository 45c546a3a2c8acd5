package dev.mitosis.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// What a node answers to a [Frame].
///
/// @param status what became of it
/// @param text in words, where that says something
/// @param missing hashes of what must be sent along
/// @param body what the host answered
public record Reply(Status status, String text, List<String> missing, ByteBuffer body) {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /// What became of a frame.
    public enum Status {
        /// It was done; the body says how.
        DONE,
        /// It was not begun, since something is missing here.
        MISSING,
        /// It was not begun, since this node cannot keep what it needs, or has no host for it now;
        /// the text says why.
        NOT_BEGUN,
        /// Its host died while it had it; the text says of what.
        LOST,
        /// It cannot be run on this node, ever; the text says why.
        REFUSED
    }

    /// Copies the list, not the body.
    public Reply {
        missing = List.copyOf(missing);
    }

    static Reply done(byte[] body) {
        return new Reply(Status.DONE, "", List.of(), ByteBuffer.wrap(body));
    }

    static Reply missing(List<String> hashes) {
        return new Reply(Status.MISSING, "", hashes, NOTHING);
    }

    /// Returns what a node answers that cannot begin, this time.
    ///
    /// @param why in words
    /// @return the reply
    public static Reply notBegun(String why) {
        return new Reply(Status.NOT_BEGUN, why, List.of(), NOTHING);
    }

    static Reply lost(String why) {
        return new Reply(Status.LOST, why, List.of(), NOTHING);
    }

    /// Returns a refusal.
    ///
    /// @param why in words
    /// @return the reply
    public static Reply refused(String why) {
        return new Reply(Status.REFUSED, why, List.of(), NOTHING);
    }

    /// {@return what stands behind the body of a reply that something was done}
    static byte[] tailOfDone() {
        return done(new byte[0]).toBytes();
    }

    /// {@return the bytes that travel: the body, all else behind it, and how long that is}
    public byte[] toBytes() {
        byte[] tail = Wire.bytes(out -> {
            Wire.writeText(out, status.name());
            Wire.writeText(out, text);
            Wire.writeTexts(out, missing);
        });
        return ByteBuffer.allocate(body.remaining() + tail.length + Integer.BYTES)
                .put(body.duplicate()).put(tail).putInt(tail.length).array();
    }

    /// Reads a reply; its body is the beginning of those very bytes.
    ///
    /// @param bytes what [#toBytes] returned
    /// @return the reply
    /// @throws IOException if it is none
    public static Reply of(byte[] bytes) throws IOException {
        int end = bytes.length - Integer.BYTES;
        int length = end < 0 ? -1 : ByteBuffer.wrap(bytes).getInt(end);
        if (length < 0 || length > end) {
            throw new IOException("these " + bytes.length + " bytes are not a reply: the driver and"
                    + " all nodes need the same mitosis-agent");
        }
        var body = ByteBuffer.wrap(bytes, 0, end - length);
        return Wire.read(ByteBuffer.wrap(bytes, end - length, length),
                in -> new Reply(Wire.readName(in, Status.class), Wire.readText(in),
                        Wire.readTexts(in), body));
    }
}
