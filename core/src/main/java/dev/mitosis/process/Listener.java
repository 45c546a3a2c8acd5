package dev.mitosis.process;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A socket at which [Client]s with the same key connect.
///
/// ```java
/// var key = Secret.random();
/// try (var listener = Listener.open(new InetSocketAddress("localhost", 0), key)) {
///     var address = listener.address();
///     var task = pool.applyAsync(() -> work(Client.connect(address, key)));
///     try (var connection = listener.accept()) {
///         connection.send("begin");
///     }
/// }
/// ```
/// **Threads.** Safe for use by many. Each client shows its key on a thread of its own and has ten
/// seconds for it: who is silent, or has another key, holds up nobody, is counted by [#refused()],
/// logged at `DEBUG`, and told so. Up to 256 clients may be on their way or wait to be accepted.
/// **Ends.** Closing it ends no connection that was accepted. Messages are not encrypted: over a
/// network that others read, tunnel them.
public final class Listener implements AutoCloseable {
    private static final int PLACES = 256;

    private final SocketAddress address;
    private final Secret key;
    private final Semaphore places = new Semaphore(PLACES);
    private final Reception reception;
    private final AtomicLong refused = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // guarded by lock
    private final ArrayDeque<SocketChannel> arrived = new ArrayDeque<>();
    private boolean closed;

    private Listener(ServerSocketChannel server, Secret key) throws IOException {
        this.address = server.getLocalAddress();
        this.key = key;
        this.reception = Reception.open(server, places, this::greet);
    }

    /// Begins to listen.
    ///
    /// @param address a [UnixDomainSocketAddress], of a file that does not exist yet, or an
    ///     [java.net.InetSocketAddress], whose port may be 0 for any
    /// @param key what clients must have, too; it is copied
    /// @return the listener, to be closed
    /// @throws IOException if the address is in use, or cannot be used
    public static Listener open(SocketAddress address, Secret key) throws IOException {
        var copy = key.copy();
        var server = ServerSocketChannel.open(Client.family(address));
        try {
            server.bind(address, PLACES);
            return new Listener(server, copy);
        } catch (IOException e) {
            Patience.closeQuietly(server);
            throw new IOException("cannot listen at " + address + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            Patience.closeQuietly(server);
            throw e;
        }
    }

    /// Waits for the next client that has the key.
    ///
    /// @return the connection to it, to be closed
    /// @throws IOException if this listener is closed, or is being closed
    /// @throws dev.mitosis.CallInterruptedException if this thread is interrupted
    public Connection accept() throws IOException {
        lock.lock();
        try {
            while (arrived.isEmpty() && !closed) {
                changed.await();
            }
            if (closed) {
                throw new IOException("the listener at " + address + " is closed");
            }
            var socket = arrived.remove();
            places.release();
            return Conversation.over(() -> socket);
        } catch (InterruptedException e) {
            throw Conversation.interrupted("accept");
        } finally {
            lock.unlock();
        }
    }

    private void greet(SocketChannel guest) {
        try {
            Handshake.listen(guest, key);
            arrive(guest);
        } catch (IOException | IllegalStateException e) {
            refused.incrementAndGet();
            places.release();
            System.getLogger("dev.mitosis").log(System.Logger.Level.DEBUG, "a client", e);
        }
    }

    private void arrive(SocketChannel guest) throws IOException {
        lock.lock();
        try {
            if (closed) {
                guest.close();
                throw new IOException("the listener is closed");
            }
            arrived.add(guest);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// {@return where it listens, with the port that it really has}
    public SocketAddress address() {
        return address;
    }

    /// {@return how many clients came and did not show the key}
    public long refused() {
        return refused.get();
    }

    /// Listens no longer, and turns away who has not been accepted. Idempotent.
    ///
    /// @throws java.io.UncheckedIOException if the file of a Unix-domain socket cannot be deleted
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            arrived.forEach(Patience::closeQuietly);
            arrived.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        closeSocket();
        key.close();
    }

    private void closeSocket() {
        try (reception) {
            if (address instanceof UnixDomainSocketAddress unix) {
                Files.deleteIfExists(unix.getPath());
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
