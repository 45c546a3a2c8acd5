package dev.mitosis.process;

import dev.mitosis.internal.launch.SocketFolder;
import dev.mitosis.internal.link.ControlChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The ends of connections that were sent elsewhere, and the socket by which they are reached.
///
/// ```text
///   who enters   | number, 8 bytes | token, 32 bytes |        the answer   | 1 or 0, byte |
/// ```
/// After the answer 1 there are messages, both ways. The socket is there while any end is offered
/// or passes messages on.
final class Doors {
    /// Those of this process.
    static final Doors HERE = new Doors();

    private static final int TOKEN = 32;
    private static final int PLACES = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// An end that was sent, and that nobody has taken yet.
    private record Offer(Conversation end, Handle handle) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final SecureRandom random = new SecureRandom();

    // guarded by lock
    private final Map<Long, Offer> offers = new HashMap<>();
    private final Map<Conversation, Handle> sent = new HashMap<>();
    private long last; // number
    private @Nullable SocketFolder folder;
    private @Nullable Reception reception;
    private @Nullable Thread exit; // deletes the folder at last

    private Doors() {}

    /// {@return how one process gets to this end, the same each time}
    Handle offer(Conversation end) {
        lock.lock();
        try {
            var known = sent.get(end);
            if (known != null) {
                return known;
            }
            byte[] token = new byte[TOKEN];
            random.nextBytes(token);
            var handle = new Handle(open().toString(), ++last, HexFormat.of().formatHex(token));
            sent.put(end, handle);
            offers.put(last, new Offer(end, handle));
            return handle;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "a connection cannot be sent: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    // -- the side that has the end now -------------------------------------------------------

    /// Connects to where an end came from.
    ///
    /// @throws ProtocolException if it is not offered there any more
    /// @throws IOException if the process is gone
    static SocketChannel enter(Handle handle) throws IOException {
        var path = Path.of(handle.socket());
        SocketFolder.requireSocket(path);
        var socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
        try (var _ = Patience.of(PATIENCE, socket)) {
            var claim = ByteBuffer.allocate(Long.BYTES + TOKEN).putLong(handle.number())
                    .put(HexFormat.of().parseHex(handle.token())).flip();
            while (claim.hasRemaining()) {
                socket.write(claim);
            }
            if (new ControlChannel(socket).read(1).get() == 0) {
                throw new ProtocolException("this end of a connection cannot be used: another"
                        + " process has it, or had it; an end travels to one place");
            }
            return socket;
        } catch (IOException | RuntimeException e) {
            Patience.closeQuietly(socket);
            throw e;
        }
    }

    // -- the side that the end came from -----------------------------------------------------

    private void greet(SocketChannel guest, Semaphore places) {
        try (var _ = Patience.of(PATIENCE, guest)) {
            var claim = new ControlChannel(guest).read(Long.BYTES + TOKEN)
                    .order(java.nio.ByteOrder.BIG_ENDIAN);
            var end = take(claim);
            guest.write(ByteBuffer.allocate(1).put((byte) (end == null ? 0 : 1)).flip());
            if (end == null) {
                guest.close();
            } else {
                passOn(end, guest);
            }
        } catch (IOException e) {
            Patience.closeQuietly(guest);
        } finally {
            places.release();
        }
    }

    private @Nullable Conversation take(ByteBuffer claim) {
        long number = claim.getLong();
        byte[] token = new byte[TOKEN];
        claim.get(token);
        lock.lock();
        try {
            var offer = offers.get(number);
            if (offer == null || !MessageDigest.isEqual(
                    HexFormat.of().parseHex(offer.handle().token()), token)) {
                return null;
            }
            offers.remove(number);
            return offer.end();
        } finally {
            lock.unlock();
        }
    }

    private void passOn(Conversation end, SocketChannel guest) {
        var wire = Wire.start(() -> guest, new Passage(end));
        Thread.ofVirtual().name("mitosis-passage").start(() -> passOn(end, wire));
    }

    private void passOn(Conversation end, Wire wire) {
        try {
            while (true) {
                wire.put(end.inbox().forward());
            }
        } catch (IOException e) {
            end.inbox().discard(); // one of the two sides has ended
            wire.end(End.CLOSED);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a passage", e);
        } finally {
            forget(end);
        }
    }

    private void forget(Conversation end) {
        lock.lock();
        try {
            sent.remove(end);
            if (sent.isEmpty()) {
                close();
            }
        } finally {
            lock.unlock();
        }
    }

    // -- the socket --------------------------------------------------------------------------

    private Path open() throws IOException {
        var present = folder;
        if (present == null) {
            present = SocketFolder.open();
            try {
                var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                        .bind(UnixDomainSocketAddress.of(present.socket()));
                var places = new Semaphore(PLACES);
                reception = Reception.open(server, places, guest -> greet(guest, places));
            } catch (IOException e) {
                present.close();
                throw e;
            }
            folder = present;
            exit = Thread.ofPlatform().name("mitosis-doors-exit").unstarted(this::abandon);
            Runtime.getRuntime().addShutdownHook(exit);
        }
        return present.socket();
    }

    private void close() {
        try (var _ = folder; var _ = reception) {
            folder = null;
            reception = null;
            if (exit != null) {
                Runtime.getRuntime().removeShutdownHook(exit);
            }
        } catch (IllegalStateException e) {
            // This process is ending: the hook finds nothing to do.
        } catch (IOException e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.DEBUG, "a socket", e);
        }
    }

    private void abandon() {
        lock.lock();
        try {
            close();
        } finally {
            lock.unlock();
        }
    }
}
