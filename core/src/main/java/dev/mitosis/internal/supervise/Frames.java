package dev.mitosis.internal.supervise;

import dev.mitosis.internal.link.Frame;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.Bytes.Piece;
import dev.mitosis.spi.Items;
import dev.mitosis.spi.Job;
import dev.mitosis.spi.Lease;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes the frames of [Frame].
final class Frames {
    private static final int LEASE_HEAD = 8 + 1 + 1 + 1 + 8 + 8 + 4 + 4 + 8 + 8 + 4 + 4 + 1;

    private static final byte[] NO_NAME = {};

    private Frames() {}

    static List<Piece> function(Job job) {
        var bytes = job.function().bytes();
        var head = buffer(8 + 1 + 8);
        head.putLong(head.capacity() - 8 + bytes.size()).put(Frame.FUNCTION)
                .putLong(job.function().id());
        return pieces(head, bytes);
    }

    static List<Piece> lease(Lease lease) {
        return switch (lease.items()) {
            case Items.Range(long first) ->
                    pieces(head(lease, 8, Frame.RANGE, 0).putLong(first), Bytes.EMPTY);
            case Items.Values values ->
                    pieces(head(lease, 8, Frame.VALUES, values.first()).putInt(values.skip())
                            .putInt(values.frames().most()), values.bytes());
        };
    }

    private static ByteBuffer head(Lease lease, int more, byte kind, long payload) {
        var job = lease.job();
        byte[] name = job.name().isEmpty() ? NO_NAME : job.name().getBytes(StandardCharsets.UTF_8);
        var head = buffer(LEASE_HEAD + name.length + more);
        return head.putLong(head.capacity() - 8 + payload).put(Frame.LEASE)
                .put(job.verb().code()).put((byte) (job.printsWanted() ? 1 : 0))
                .putLong(job.call()).putLong(job.function().id())
                .putInt(job.haltAfter()).putInt(name.length).put(name)
                .putLong(lease.ticket()).putLong(lease.index()).putInt(lease.count())
                .putInt(lease.attempt()).put(kind);
    }

    static List<Piece> forget(long function) {
        return pieces(buffer(17).putLong(9).put(Frame.FORGET).putLong(function), Bytes.EMPTY);
    }

    static List<Piece> leave() {
        return pieces(buffer(9).putLong(1).put(Frame.LEAVE), Bytes.EMPTY);
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    @SuppressWarnings("ByteBufferBackingArray") // it is one of buffer()
    private static List<Piece> pieces(ByteBuffer head, Bytes body) {
        var pieces = new ArrayList<Piece>(1 + body.pieces().size());
        pieces.add(new Piece(head.array(), 0, head.capacity()));
        pieces.addAll(body.pieces());
        return pieces;
    }
}
