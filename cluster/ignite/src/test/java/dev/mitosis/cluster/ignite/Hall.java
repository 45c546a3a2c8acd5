package dev.mitosis.cluster.ignite;

import dev.mitosis.agent.ignite.AgentJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where frames wait, in whatever member they are, until the test lets them go.
final class Hall implements AutoCloseable {
    private final Path socket;
    private final ServerSocketChannel server;

    private Hall(Path socket) throws IOException {
        this.socket = socket;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
    }

    static Hall open() throws IOException {
        return new Hall(Files.createTempDirectory("hall").resolve("door"));
    }

    /// {@return a frame that makes a [WaitingJob] wait here}
    byte[] frame() {
        return socket.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// {@return the next frame to arrive}
    Guest arrival() throws IOException {
        var link = server.accept();
        var pid = ByteBuffer.allocate(Long.BYTES);
        while (pid.hasRemaining() && link.read(pid) >= 0) {
            // eight bytes
        }
        return new Guest(link, pid.getLong(0));
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
        Files.delete(socket.getParent());
    }

    /// A frame that waits.
    ///
    /// @param link to where it waits
    /// @param pid the process where it does
    record Guest(SocketChannel link, long pid) {
        /// Lets it go: it is answered.
        void release() throws IOException {
            link.write(ByteBuffer.wrap(new byte[] {1}));
            link.close();
        }

        /// Waits until it has gone by itself: interrupted, or its process died.
        void awaitGone() throws IOException {
            while (link.read(ByteBuffer.allocate(1)) >= 0) {
                // it says nothing more
            }
            link.close();
        }
    }

    /// Waits in a hall instead of asking the agent.
    static final class WaitingJob extends AgentJob {
        private static final long serialVersionUID = 1;

        WaitingJob(byte[] frame) {
            super(frame);
        }

        @Override
        protected byte[] handle(byte[] bytes) throws InterruptedException {
            var door = UnixDomainSocketAddress.of(new String(bytes, StandardCharsets.UTF_8));
            try (var link = SocketChannel.open(door)) {
                link.write(ByteBuffer.allocate(Long.BYTES).putLong(0, ProcessHandle.current().pid()));
                link.read(ByteBuffer.allocate(1));
                return "gone".getBytes(StandardCharsets.UTF_8);
            } catch (ClosedByInterruptException e) {
                throw new InterruptedException();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
