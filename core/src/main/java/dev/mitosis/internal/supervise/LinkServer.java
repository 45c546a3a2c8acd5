package dev.mitosis.internal.supervise;

import dev.mitosis.internal.Said;
import dev.mitosis.internal.link.Control;
import dev.mitosis.internal.link.ControlChannel;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The socket that workers connect to; who does not know the token is turned away.
final class LinkServer implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;
    private static final long AGAIN_AFTER_MILLIS = 100;
    private static final System.Logger LOG = System.getLogger("dev.mitosis");

    private enum Role { CONTROL, BELL_DOWN, BELL_UP }

    /// Which start of which worker a connection is of.
    ///
    /// @param seat the seat
    /// @param start the number of the start
    record Start(int seat, int start) {}

    /// The three connections of one worker.
    ///
    /// @param control the control socket
    /// @param bellDown wakes the worker
    /// @param bellUp wakes this side
    record Arrival(SocketChannel control, SocketChannel bellDown, SocketChannel bellUp) {}

    private final Path path;
    private final ServerSocketChannel server;
    private final byte[] token = new byte[Control.TOKEN_BYTES];
    private final Map<Start, Expected> expected = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Executor greeters;

    // written by the accepting thread, read by those who wonder why nobody comes
    private volatile @Nullable Throwable trouble;

    LinkServer(Path path) throws IOException {
        this(path, greeting -> Thread.ofVirtual().name("mitosis-greet").start(greeting));
    }

    /// Makes a server.
    ///
    /// @param greeters run the talk with each who connects, never on the thread that has them do so
    LinkServer(Path path, Executor greeters) throws IOException {
        this.path = path;
        this.greeters = greeters;
        new SecureRandom().nextBytes(token);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path));
            Thread.ofVirtual().name("mitosis-accept").start(this::accept);
        } catch (IOException | RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    String token() {
        return HexFormat.of().formatHex(token);
    }

    /// Expects the connections of a worker.
    CompletableFuture<Arrival> expect(Start start) {
        var arrival = new Expected();
        expected.put(start, arrival);
        return arrival.complete;
    }

    /// Expects them no longer.
    void forget(Start start) {
        var arrival = expected.remove(start);
        if (arrival != null) {
            arrival.closeAll();
        }
    }

    /// {@return why nobody can connect at present, or null if nothing speaks against it}
    @Nullable Throwable trouble() {
        return trouble;
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
    }

    private void accept() {
        try {
            do {
                acceptAll();
            } while (!closed.await(AGAIN_AFTER_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts who accepts", e);
        }
    }

    /// Accepts connections until one cannot be. Whoever waits in the queue of the socket loses
    /// nothing: too many open files, the likely reason, may be fewer in a moment.
    private void acceptAll() {
        try {
            while (true) {
                var socket = server.accept();
                trouble = null;
                haveGreeted(socket);
            }
        } catch (IOException | RuntimeException | Error e) { // such as for a heap that is full
            if (trouble == null && closed.getCount() > 0) {
                LOG.log(System.Logger.Level.WARNING,
                        "workers cannot connect, which is tried again: " + Said.by(e));
            }
            trouble = e;
        }
    }

    /// Whoever cannot be talked with is turned away, and the next one may be luckier.
    private void haveGreeted(SocketChannel socket) {
        try {
            greeters.execute(() -> greet(socket));
        } catch (RuntimeException | Error e) {
            turnAway(socket, e);
        }
    }

    private static void turnAway(SocketChannel socket, Throwable why) {
        closeQuietly(socket);
        LOG.log(System.Logger.Level.WARNING, "a worker that has connected is turned away", why);
    }

    private void greet(SocketChannel socket) {
        try {
            hear(socket);
        } catch (IOException e) {
            closeQuietly(socket);
        } catch (RuntimeException | Error e) {
            turnAway(socket, e);
        }
    }

    private void hear(SocketChannel socket) throws IOException {
        var impatience = CompletableFuture.runAsync(() -> closeQuietly(socket),
                CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS,
                        Thread::startVirtualThread)); // the common pool may be busy for ever
        try {
            var first = new ControlChannel(socket).read(token.length + 9)
                    .order(java.nio.ByteOrder.BIG_ENDIAN);
            byte[] claimed = new byte[token.length];
            first.get(claimed);
            var arrival = MessageDigest.isEqual(claimed, token)
                    ? expected.get(new Start(first.getInt(), first.getInt())) : null;
            if (arrival == null || !arrival.add(role(first.get()), socket)) {
                closeQuietly(socket);
            }
        } finally {
            impatience.cancel(false);
        }
    }

    private static @Nullable Role role(byte role) {
        return switch (role) {
            case Control.ROLE_CONTROL -> Role.CONTROL;
            case Control.ROLE_BELL_DOWN -> Role.BELL_DOWN;
            case Control.ROLE_BELL_UP -> Role.BELL_UP;
            default -> null;
        };
    }

    private static void closeQuietly(SocketChannel socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a socket", e);
        }
    }

    /// The connections of one worker, as they come.
    private static final class Expected {
        private final CompletableFuture<Arrival> complete = new CompletableFuture<>();

        // guarded by itself
        private final EnumMap<Role, SocketChannel> sockets = new EnumMap<>(Role.class);

        boolean add(@Nullable Role role, SocketChannel socket) {
            synchronized (sockets) {
                if (role == null || sockets.putIfAbsent(role, socket) != null) {
                    return false;
                }
                var control = sockets.get(Role.CONTROL);
                var down = sockets.get(Role.BELL_DOWN);
                var up = sockets.get(Role.BELL_UP);
                if (control != null && down != null && up != null) {
                    complete.complete(new Arrival(control, down, up));
                }
                return true;
            }
        }

        void closeAll() {
            synchronized (sockets) {
                sockets.values().forEach(LinkServer::closeQuietly);
            }
        }
    }
}
