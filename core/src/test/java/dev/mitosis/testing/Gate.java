package dev.mitosis.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
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
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Holds items of a call, in whatever process they run, until the test lets them go.
///
/// An item passes the gate's [Door], which it captures; the test sees it arrive as a [Visitor].
/// Instead of sleeps: a test knows that an item runs, and decides when it ends.
public final class Gate implements AutoCloseable {
    private final Path socket;
    private final ServerSocketChannel server;
    private final Map<String, Visitor> arrived = new HashMap<>(); // used by the test's thread alone
    private final Queue<Visitor> all = new ConcurrentLinkedQueue<>(); // also by the thread that lets everyone pass

    private Gate(Path socket) throws IOException {
        this.socket = socket;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket), 1_000);
    }

    /// {@return a new gate, closed to all}
    public static Gate create() {
        try {
            return new Gate(Files.createTempDirectory("gate").resolve("door"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// {@return what items capture to pass this gate}
    public Door door() {
        return new Door(socket.toString());
    }

    /// {@return the next item to arrive, whichever it is}
    public Visitor arrival() {
        try {
            return welcome();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits for one particular item; others that arrive meanwhile are kept for later.
    ///
    /// @param item the item
    /// @return its visitor
    public Visitor arrivalOf(Object item) {
        while (!arrived.containsKey(item.toString())) {
            var visitor = arrival();
            arrived.put(visitor.name(), visitor);
        }
        return arrived.remove(item.toString());
    }

    private Visitor welcome() throws IOException {
        while (true) {
            var link = server.accept();
            try {
                var visitor = new Visitor(link);
                all.add(visitor);
                return visitor;
            } catch (IOException e) {
                link.close(); // interrupted before it could say who it is
            }
        }
    }

    /// Lets everyone pass who is here or comes later.
    public void open() {
        all.forEach(Visitor::release);
        Thread.ofVirtual().start(this::releaseAll);
    }

    private void releaseAll() {
        try {
            while (true) {
                welcome().release();
            }
        } catch (IOException | UncheckedIOException e) {
            // closed: the test is over
        }
    }

    /// Ends the wait of all who are still here with an exception.
    @Override
    public void close() {
        try {
            server.close();
            for (var visitor : all) {
                visitor.link.close();
            }
            Files.deleteIfExists(socket);
            Files.delete(socket.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An item that waits at the gate.
    public static final class Visitor {
        private final SocketChannel link;
        private final long pid;
        private final String name;

        private Visitor(SocketChannel link) throws IOException {
            this.link = link;
            var words = Door.readLine(link).split(" ", 2);
            this.pid = Long.parseLong(words[0]);
            this.name = words[1];
        }

        /// {@return the item, as text}
        public String name() {
            return name;
        }

        /// {@return the process in which it runs}
        public long pid() {
            return pid;
        }

        /// Lets it go on.
        public void release() {
            try (link) {
                link.write(ByteBuffer.wrap(new byte[] {'\n'}));
            } catch (IOException e) {
                // it has gone already: interrupted, or its process died
            }
        }

        /// Waits until it has gone by itself: interrupted, or its process died.
        public void awaitGone() {
            try (link) {
                while (link.read(ByteBuffer.allocate(1)) >= 0) {
                    // it says nothing more
                }
            } catch (IOException e) {
                // reset is gone, too
            }
        }
    }

    /// What an item captures to pass a gate.
    ///
    /// @param socket where the gate listens
    public record Door(String socket) implements Serializable {
        /// Waits until the test lets this item go; an interrupt ends the wait with an exception.
        ///
        /// @param <T> the type of the item
        /// @param item tells the test who waits
        /// @return the item
        /// @throws IOException when interrupted, or when the gate was closed
        public <T> T pass(T item) throws IOException {
            try (var link = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                var words = ProcessHandle.current().pid() + " " + item + "\n";
                link.write(ByteBuffer.wrap(words.getBytes(StandardCharsets.UTF_8)));
                readLine(link);
            }
            return item;
        }

        /// Waits until the test lets this item go, whoever interrupts it.
        ///
        /// @param <T> the type of the item
        /// @param item tells the test who waits
        /// @return the item
        /// @throws IOException when the gate was closed
        public <T> T passStubbornly(T item) throws IOException {
            while (true) {
                try {
                    return pass(item);
                } catch (ClosedByInterruptException e) {
                    Thread.interrupted(); // deaf to it, as bad code is
                }
            }
        }

        /// As [#pass], where no exception may be thrown.
        ///
        /// @param <T> the type of the item
        /// @param item tells the test who waits
        /// @return the item
        public <T> T passUnchecked(T item) {
            try {
                return pass(item);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String readLine(SocketChannel link) throws IOException {
            var line = new StringBuilder();
            for (var one = ByteBuffer.allocate(1); ; one.clear()) {
                if (link.read(one) < 0) {
                    throw new EOFException("the gate was closed");
                }
                if (one.get(0) == '\n') {
                    return line.toString();
                }
                line.append((char) one.get(0));
            }
        }
    }
}
