package dev.mitosis.cluster;

import dev.mitosis.agent.HostLink;
import dev.mitosis.agent.Wire;
import dev.mitosis.internal.node.Node;
import dev.mitosis.spi.Bytes;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/// A host's end of the socket to its agent, see [HostLink]: work comes, answers go.
///
/// Answers are queued for a thread that writes them, since those who bring them serve workers. The
/// queue holds no more than there is work.
final class HostLoop {
    private static final byte[] NOTHING = {};

    /// What a piece of work came to.
    private record Done(int id, Bytes answer) {}

    private final SocketChannel channel;
    private final Node node;
    private final LinkedBlockingQueue<Done> outgoing = new LinkedBlockingQueue<>();

    // what ends the work that is under way, by its number; used by the reader and by answers
    private final Map<Integer, Runnable> running = new ConcurrentHashMap<>();

    HostLoop(SocketChannel channel, Node node) {
        this.channel = channel;
        this.node = node;
    }

    /// Runs until the agent closes the socket.
    void run() throws IOException {
        Thread.ofPlatform().daemon().name("mitosis-host-writer").start(this::write);
        try (var in = new DataInputStream(
                new BufferedInputStream(Channels.newInputStream(channel), 1 << 16))) {
            while (true) {
                take(in);
            }
        } catch (EOFException e) {
            // the agent is gone, or the pool is
        }
    }

    private void take(DataInputStream in) throws IOException {
        byte kind = in.readByte();
        int id = in.readInt();
        if (kind == HostLink.CANCEL) {
            var stop = running.remove(id);
            if (stop != null) {
                stop.run();
            }
            return;
        }
        var names = Wire.read(ByteBuffer.wrap(Wire.readArray(in, NOTHING)), Wire::readTexts);
        begin(id, Wire.readArray(in, NOTHING), files(names));
    }

    private static Map<String, String> files(List<String> pairs) {
        var files = new HashMap<String, String>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            files.put(pairs.get(i), pairs.get(i + 1));
        }
        return files;
    }

    private void begin(int id, byte[] work, Map<String, String> files) {
        running.put(id, () -> {}); // an answer may come before what ends the work is known
        try {
            var stop = node.run(work, hash -> Objects.requireNonNull(files.get(hash)),
                    answer -> answered(id, answer));
            running.replace(id, stop);
        } catch (IOException e) { // such as a file that is gone, since the work was cancelled
            System.getLogger("dev.mitosis").log(System.Logger.Level.WARNING,
                    "what was sent cannot be read: " + e);
            answered(id, Bytes.EMPTY); // which is none: it counts as lost, and nothing else does
        }
    }

    private void answered(int id, Bytes answer) {
        running.remove(id);
        outgoing.add(new Done(id, answer));
    }

    private void write() {
        try (var out = new DataOutputStream(
                new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16))) {
            while (true) {
                var done = outgoing.take();
                out.writeInt(done.id());
                out.writeInt(Math.toIntExact(done.answer().size()));
                for (var piece : done.answer().pieces()) {
                    out.write(piece.array(), piece.offset(), piece.length());
                }
                if (outgoing.isEmpty()) {
                    out.flush();
                }
            }
        } catch (IOException e) {
            // the reader finds the end of the socket, too
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the writer", e);
        }
    }
}
