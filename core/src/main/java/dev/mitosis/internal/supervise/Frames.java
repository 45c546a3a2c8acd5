package dev.mitosis.internal.supervise;

import dev.mitosis.internal.link.Frame;
import dev.mitosis.spi.Items;
import dev.mitosis.spi.Job;
import dev.mitosis.spi.Lease;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes the heads of the frames of [Frame], all into the same buffer; guarded by its link's lock.
///
/// What is returned is to be used before the next is made.
final class Frames {
    private static final int LEASE_HEAD = 8 + 1 + 1 + 1 + 8 + 8 + 4 + 4 + 8 + 8 + 4 + 4 + 1;
    private static final int MORE = 8; // at the end of a lease's head, whatever its items are
    private static final byte[] NO_NAME = {};

    private ByteBuffer head = buffer(LEASE_HEAD + MORE);

    ByteBuffer function(Job job) {
        return begin(8 + 1 + 8, job.function().bytes().size())
                .put(Frame.FUNCTION).putLong(job.function().id());
    }

    ByteBuffer lease(Lease lease) {
        return switch (lease.items()) {
            case Items.Range(long first) -> lease(lease, Frame.RANGE, 0).putLong(first);
            case Items.Values values -> lease(lease, Frame.VALUES, values.first())
                    .putInt(values.skip()).putInt(values.frames().most());
        };
    }

    private ByteBuffer lease(Lease lease, byte kind, long payload) {
        var job = lease.job();
        byte[] name = job.name().isEmpty() ? NO_NAME : job.name().getBytes(StandardCharsets.UTF_8);
        return begin(LEASE_HEAD + name.length + MORE, payload).put(Frame.LEASE)
                .put(job.verb().code()).put(wishes(job))
                .putLong(job.call()).putLong(job.function().id())
                .putInt(job.haltAfter()).putInt(name.length).put(name)
                .putLong(lease.ticket()).putLong(lease.index()).putInt(lease.count())
                .putInt(lease.attempt()).put(kind);
    }

    private static byte wishes(Job job) {
        return (byte) ((job.printsWanted() ? Frame.PRINTS : 0)
                | (job.listened() ? Frame.MESSAGES : 0));
    }

    ByteBuffer forget(long function) {
        return begin(8 + 1 + 8, 0).put(Frame.FORGET).putLong(function);
    }

    ByteBuffer resume() {
        return begin(8 + 1, 0).put(Frame.RESUME);
    }

    ByteBuffer leave() {
        return begin(8 + 1, 0).put(Frame.LEAVE);
    }

    /// Begins a frame with its length, which does not count itself.
    private ByteBuffer begin(int size, long payload) {
        if (head.capacity() < size) {
            head = buffer(size);
        }
        return head.clear().putLong(size - 8 + payload);
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
