package dev.mitosis.internal.supervise;

import dev.mitosis.internal.Buffers;
import dev.mitosis.internal.link.Bell;
import dev.mitosis.internal.link.CorruptLinkException;
import dev.mitosis.internal.link.LinkLayout;
import dev.mitosis.internal.link.LinkMemory;
import dev.mitosis.internal.link.RingReader;
import dev.mitosis.spi.Job;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The worker's side of a link, which writes whatever it likes, and the parent's side that listens to it.
///
/// It knows the memory from docs/wire-format.md alone, as a worker of somebody else would.
final class LyingWorker implements AutoCloseable {
    private static final int REPLY_TAIL = 384;
    private static final int REPLY_RING = 2_101_248;

    private final LinkMemory memory;
    private final MappedByteBuffer mapped;
    private final Bell bell;
    private final SocketChannel itsBell;
    private final SocketChannel parentsBell;
    private final Buffers buffers = new Buffers();

    // for one input
    private RingReader ring;
    private SeatLink link;
    private LongAdder received;
    private Replies replies;
    private long tail;

    LyingWorker(Path directory) throws IOException {
        var file = directory.resolve("link");
        memory = LinkMemory.create(file);
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
        }
        mapped.order(ByteOrder.nativeOrder());
        var socket = directory.resolve("bell");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            itsBell = SocketChannel.open(server.getLocalAddress());
            parentsBell = server.accept();
            bell = new Bell(parentsBell, parentsBell);
            parentsBell.configureBlocking(true); // in and out are two sockets in a real link
        }
        Files.delete(socket);
        begin(0);
    }

    /// Begins with a parent that knows nothing yet.
    ///
    /// @param place how much of the ring has been used before, at most all of it
    void begin(int place) {
        ring = memory.replyReader();
        tail = place;
        lie(0);
        ring.release(ring.available());
        link = new SeatLink(memory, bell, 1, new LongAdder());
        received = new LongAdder();
        replies = new Replies(ring, link, received, buffers, () -> {});
    }

    /// Gives the worker a lease.
    ///
    /// @return what the parent learns of it
    Received lease(Job.Verb verb, int count) throws IOException {
        return lease(new Received(verb, count));
    }

    Received lease(Received received) throws IOException {
        link.give(received);
        return received;
    }

    /// {@return how many bytes the parent has counted}
    long received() {
        return received.sum();
    }

    Pump pump(String name, Consumer<@Nullable CorruptLinkException> ended) {
        return pump(name, ended, new ReentrantLock());
    }

    Pump pump(String name, Consumer<@Nullable CorruptLinkException> ended, ReentrantLock reading) {
        return new Pump(name, link, replies, ended, reading);
    }

    SeatLink link() {
        return link;
    }

    LinkMemory memory() {
        return memory;
    }

    /// Has whoever rings the worker's bell next wait in that, until it is heard.
    void clogBell() throws IOException {
        var rings = ByteBuffer.allocate(1 << 10);
        parentsBell.configureBlocking(false);
        while (parentsBell.write(rings.clear()) > 0) {}
        parentsBell.configureBlocking(true);
    }

    /// Hears all that was rung so far, and what comes until there is room again.
    void hearBell() throws IOException {
        var heard = ByteBuffer.allocate(1 << 20);
        itsBell.read(heard);
    }

    /// Closes the worker's end of the bell, as its death does.
    void hangUp() throws IOException {
        itsBell.close();
    }

    /// Writes into the ring, as far as there is room, and says so.
    ///
    /// @return how much
    int write(byte[] bytes, int offset, int length) {
        int count = (int) Math.min(length, LinkLayout.RING - (tail - ring.read()));
        int place = (int) (tail & (LinkLayout.RING - 1));
        int first = Math.min(count, LinkLayout.RING - place);
        mapped.put(REPLY_RING + place, bytes, offset, first);
        mapped.put(REPLY_RING, bytes, offset + first, count - first);
        tail += count;
        lie(0);
        return count;
    }

    /// Says that more, or less, was written than was.
    void lie(long more) {
        mapped.putLong(REPLY_TAIL, tail + more);
    }

    /// Changes a byte that was written already.
    void change(int back, byte value) {
        mapped.put(REPLY_RING + (int) ((tail - back) & (LinkLayout.RING - 1)), value);
    }

    /// Has the parent take all that there is.
    void drainAll() {
        int taken;
        do {
            taken = replies.drain();
        } while (taken > 0);
    }

    @Override
    public void close() throws IOException {
        itsBell.close();
        bell.close();
        memory.close();
    }
}
