package dev.mitosis.agent;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What a driver sends to a node by whatever engine carries it: who it is from, what must be there
/// before it can run, and the work itself, which nobody but the host reads.
///
/// @param kind what to do
/// @param session the pool it is from: 128 random bits that only its driver and its nodes know
/// @param spec the hash of the [Spec] of the pool's hosts
/// @param needed hashes of what the work needs besides
/// @param attached what the driver believes to be missing here
/// @param work what the host runs, in pieces
public record Frame(
        Kind kind, String session, String spec, List<String> needed, List<Blob> attached,
        List<ByteBuffer> work) {
    /// What is to be done with a frame.
    public enum Kind {
        /// Say what this node is.
        HELLO,
        /// Have the work run by the pool's host.
        RUN,
        /// End the pool's host, and take no more of that pool.
        END
    }

    /// Bytes under their name.
    ///
    /// @param hash what they are called
    /// @param bytes the bytes
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    public record Blob(String hash, byte[] bytes) {
        private void write(DataOutput out) throws IOException {
            Wire.writeText(out, hash);
            Wire.writeArray(out, bytes);
        }

        private static Blob read(ByteBuffer in) throws IOException {
            return new Blob(Wire.readText(in), Wire.readArray(in));
        }
    }

    /// Copies the lists, not the bytes.
    public Frame {
        needed = List.copyOf(needed);
        attached = List.copyOf(attached);
        work = List.copyOf(work);
    }

    /// Returns a frame without work.
    ///
    /// @param kind what to do
    /// @param session the pool it is from
    /// @return the frame
    public static Frame of(Kind kind, String session) {
        return new Frame(kind, session, "", List.of(), List.of(), List.of());
    }

    /// Returns this frame with something attached.
    ///
    /// @param blobs what
    /// @return the frame
    public Frame with(List<Blob> blobs) {
        return new Frame(kind, session, spec, needed, blobs, work);
    }

    /// {@return the bytes that travel; of the work, long arrays are not copied}
    public List<ByteBuffer> toPieces() {
        return Wire.pieces(this::write, work);
    }

    /// {@return the bytes that travel, in one array}
    public byte[] toBytes() {
        return Wire.joined(toPieces());
    }

    private void write(DataOutput out) throws IOException {
        Wire.writeText(out, kind.name());
        Wire.writeText(out, session);
        Wire.writeText(out, spec);
        Wire.writeTexts(out, needed);
        out.writeInt(attached.size());
        for (var blob : attached) {
            blob.write(out);
        }
    }

    /// Reads a frame; its work is those very bytes.
    ///
    /// @param pieces what [#toPieces] returned, or [#toBytes]
    /// @return the frame
    /// @throws IOException if it is none
    public static Frame of(byte[]... pieces) throws IOException {
        if (pieces.length == 0) {
            throw new IOException("a frame without bytes");
        }
        return Wire.read(ByteBuffer.wrap(pieces[0]), in -> new Frame(Wire.readName(in, Kind.class),
                Wire.readText(in), Wire.readText(in), Wire.readTexts(in),
                Wire.readList(in, Blob::read), work(in, pieces)));
    }

    private static List<ByteBuffer> work(ByteBuffer first, byte[]... pieces) {
        var work = new ArrayList<ByteBuffer>();
        work.add(Wire.rest(first));
        for (int i = 1; i < pieces.length; i++) {
            work.add(ByteBuffer.wrap(pieces[i]));
        }
        return work;
    }
}
