package dev.mitosis.internal.supervise;

import dev.mitosis.internal.link.Bell;
import dev.mitosis.internal.link.LinkMemory;
import dev.mitosis.internal.link.RingWriter;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.Bytes.Piece;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;

/// Bytes on their way into a request ring, never waiting for room; guarded by its link's lock.
final class Outgoing {
    private final RingWriter ring;
    private final Bell bell;
    private final LinkMemory.Flag workerAsleep;
    private final LinkMemory.Flag wanted;
    private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
    private int done; // of the first piece
    private boolean unpublished; // whether the ring holds what the worker cannot see yet
    private long accepted;

    Outgoing(LinkMemory memory, Bell bell) {
        this.bell = bell;
        ring = memory.requestWriter();
        workerAsleep = memory.workerAsleep();
        wanted = memory.requestWanted();
    }

    /// Takes a frame over: what fits goes into the ring, but is not published yet.
    ///
    /// @param head a heap buffer, which is not kept
    /// @param body what follows it
    @SuppressWarnings("ByteBufferBackingArray") // it is one of Frames
    void add(ByteBuffer head, Bytes body) {
        add(head.array(), head.position());
        var more = body.pieces();
        for (int i = 0; i < more.size(); i++) { // makes no garbage
            add(more.get(i));
        }
    }

    private void add(byte[] copied, int length) {
        accepted += length;
        int count = writeAtOnce(copied, 0, length);
        if (count < length) {
            pieces.add(new Piece(Arrays.copyOfRange(copied, count, length), 0, length - count));
        }
    }

    private void add(Piece piece) {
        accepted += piece.length();
        int count = writeAtOnce(piece.array(), piece.offset(), piece.length());
        if (count < piece.length()) {
            done = pieces.isEmpty() ? count : done;
            pieces.add(piece);
        }
    }

    private int writeAtOnce(byte[] source, int offset, int length) {
        int count = pieces.isEmpty() ? ring.write(source, offset, length) : 0;
        unpublished |= count > 0;
        return count;
    }

    long accepted() {
        return accepted;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /// Writes as much as there is room for; if that is not all, the worker will ring when it has
    /// read.
    ///
    /// @return whether anything was written
    boolean flush() throws IOException {
        boolean written = write() || unpublished;
        if (!pieces.isEmpty()) {
            wanted.raise();
            written |= write(); // Guard against race with a worker that has read meanwhile
        }
        if (written) {
            unpublished = false;
            ring.publish();
            wake();
        }
        return written;
    }

    /// Wakes the worker if it sleeps.
    void wake() throws IOException {
        VarHandle.fullFence();
        if (workerAsleep.take()) {
            bell.ring();
        }
    }

    private boolean write() {
        boolean written = false;
        for (Piece piece; (piece = pieces.peek()) != null; ) {
            int count = ring.write(piece.array(), piece.offset() + done, piece.length() - done);
            written |= count > 0;
            done += count;
            if (done < piece.length()) {
                break;
            }
            pieces.remove();
            done = 0;
        }
        return written;
    }
}
