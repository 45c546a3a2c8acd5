package dev.mitosis.agent;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// The agent's end of the socket to a host: work goes out, answers come back in any order.
///
/// ```text
/// agent to host    | RUN, byte | id, int | blobs, array of texts: hash, file... | work, array |
///                  | CANCEL, byte | id, int |
/// host to agent    | id, int | answer, array |
/// ```
/// One thread writes and one reads: the engine's threads are interrupted when work is cancelled,
/// and an interrupt closes the channel that a thread is just writing to.
public final class HostLink {
    /// Begins a message that brings work.
    public static final byte RUN = 1;

    /// Begins a message that ends work.
    public static final byte CANCEL = 2;

    private static final int TOKEN = 64; // no text that a host begins with is longer

    /// A message, written by the one thread that writes.
    private interface Message {
        void write(DataOutputStream out) throws IOException;
    }

    private static final Message CLOSE = out -> {
        throw new IOException("closed");
    };

    /// A socket that one thread reads and another writes at the same time.
    ///
    /// Before Java 19 the JDK's streams on a socket's channel itself take the same lock for both,
    /// and whoever writes would wait until something was read.
    private record BothWays(SocketChannel channel) implements ByteChannel {
        @Override
        public int read(ByteBuffer to) throws IOException {
            return channel.read(to);
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            return channel.write(from);
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private final SocketChannel channel;
    private final LinkedBlockingQueue<Message> outgoing = new LinkedBlockingQueue<>();
    private final Map<Integer, CompletableFuture<byte[]>> open = new ConcurrentHashMap<>();

    // guarded by this
    private int last;
    private boolean closed;
    private long idleSince = System.nanoTime();

    HostLink(SocketChannel channel) {
        this.channel = channel;
        start("mitosis-host-writer", this::write);
        start("mitosis-host-reader", this::read);
    }

    private static void start(String name, Runnable run) {
        var thread = new Thread(run, name);
        thread.setDaemon(true);
        thread.start();
    }

    static ServerSocketChannel listen(Path socket) throws IOException {
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            return server.bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /// Takes the first connection that says the token.
    static SocketChannel accept(ServerSocketChannel server, String token) throws IOException {
        while (true) {
            var channel = server.accept();
            var in = new DataInputStream(Channels.newInputStream(new BothWays(channel)));
            int length = in.readInt();
            if (length >= 0 && length <= TOKEN
                    && new String(in.readNBytes(length), java.nio.charset.StandardCharsets.UTF_8)
                            .equals(token)) {
                return channel;
            }
            channel.close();
        }
    }

    /// Gives the host some work.
    ///
    /// @return its number, and the answer; that fails when the host is gone
    synchronized Running run(List<ByteBuffer> work, List<String> blobs) throws IOException {
        if (closed) {
            throw new IOException("the host is gone");
        }
        int id = ++last;
        var answer = open.computeIfAbsent(id, n -> new CompletableFuture<>());
        outgoing.add(out -> write(out, id, blobs, work));
        return new Running(id, answer);
    }

    private static void write(
            DataOutputStream out, int id, List<String> blobs, List<ByteBuffer> work)
            throws IOException {
        out.writeByte(RUN);
        out.writeInt(id);
        Wire.writeArray(out, Wire.bytes(names -> Wire.writeTexts(names, blobs)));
        out.writeInt(Math.toIntExact(Wire.size(work)));
        for (var piece : work) {
            out.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
        }
    }

    /// Work that a host has.
    ///
    /// @param id its number
    /// @param answer what the host answers, as the bytes of a [Reply]
    record Running(int id, CompletableFuture<byte[]> answer) {}

    /// Ends some work; whatever the host still answers to it is dropped.
    void cancel(Running running) {
        var answer = forget(running.id());
        if (answer == null) {
            return; // it was through
        }
        answer.cancel(false);
        outgoing.add(out -> {
            out.writeByte(CANCEL);
            out.writeInt(running.id());
        });
    }

    private synchronized @Nullable CompletableFuture<byte[]> forget(int id) {
        var answer = open.remove(id);
        if (open.isEmpty()) {
            idleSince = System.nanoTime();
        }
        return answer;
    }

    private void write() {
        try (var out = new DataOutputStream(new BufferedOutputStream(
                Channels.newOutputStream(new BothWays(channel)), 1 << 16))) {
            while (true) {
                outgoing.take().write(out);
                if (outgoing.isEmpty()) {
                    out.flush();
                }
            }
        } catch (IOException e) {
            // the host is gone
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the writer", e);
        } finally { // whatever it was: nobody else would tell those who wait
            close();
        }
    }

    private void read() {
        byte[] tail = Reply.tailOfDone();
        try (var in = new DataInputStream(
                new BufferedInputStream(Channels.newInputStream(new BothWays(channel)), 1 << 16))) {
            while (true) {
                int id = in.readInt();
                // Before it is forgotten: the host may die here.
                byte[] reply = Wire.readArray(in, tail);
                var answer = forget(id);
                if (answer != null) { // else it was cancelled
                    answer.complete(reply);
                }
            }
        } catch (IOException e) {
            // the host is gone
        } finally { // or its answer does not fit here
            close();
        }
    }

    synchronized boolean isOpen() {
        return !closed;
    }

    /// Closes it if it has had nothing to do for longer than that; work that comes then is refused.
    ///
    /// @return whether it did
    boolean closeIfIdle(long nanos) {
        synchronized (this) {
            if (!open.isEmpty() || System.nanoTime() - idleSince <= nanos) {
                return false;
            }
            closed = true; // under the lock of the look: nothing comes in between
        }
        close();
        return true;
    }

    void close() {
        synchronized (this) {
            closed = true; // from now on nothing is added
        }
        outgoing.add(CLOSE);
        try {
            channel.close();
        } catch (IOException e) {
            // then it is closed as far as it can be
        }
        for (var answer : open.values()) {
            answer.completeExceptionally(new IOException("the host is gone"));
        }
    }
}
