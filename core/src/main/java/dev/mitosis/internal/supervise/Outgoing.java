package dev.mitosis.internal.supervise;

import dev.mitosis.internal.link.Bell;
import dev.mitosis.internal.link.LinkMemory;
import dev.mitosis.internal.link.RingWriter;
import dev.mitosis.spi.Bytes.Piece;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.List;

/// Bytes on their way into a request ring, never waiting for room; guarded by its link's lock.
final class Outgoing {
    private final RingWriter ring;
    private final Bell bell;
    private final LinkMemory.Flag workerAsleep;
    private final LinkMemory.Flag wanted;
    private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
    private int done; // of the first piece
    private long accepted;

    Outgoing(LinkMemory memory, Bell bell) {
        this.bell = bell;
        ring = memory.requestWriter();
        workerAsleep = memory.workerAsleep();
        wanted = memory.requestWanted();
    }

    void add(List<Piece> frame) {
        for (var piece : frame) {
            pieces.add(piece);
            accepted += piece.length();
        }
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
        boolean written = write();
        if (!pieces.isEmpty()) {
            wanted.raise();
            written |= write(); // Guard against race with a worker that has read meanwhile
        }
        if (written) {
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
