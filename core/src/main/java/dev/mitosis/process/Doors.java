package dev.mitosis.process;

import dev.mitosis.internal.launch.SocketFolder;
import dev.mitosis.internal.link.ControlChannel;
import java.io.EOFException;
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
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The ends of connections that were sent elsewhere, and the socket by which they are reached.
///
/// ```text
///   who enters   | number, 8 bytes | token, 32 bytes |        the answer   | 1 or 0, byte |
///                | 0, byte |  when it is used first           the answer   | 1 or 0, byte |
/// ```
/// After the second 1 there are messages, both ways. Whoever has read the function or the item may
/// enter; the first to use the end gets it, and the others are let go. If all have gone and none
/// has used it, the stream ends. The socket is there while any end is offered or passes messages
/// on.
final class Doors {
    /// Those of this process.
    static final Doors HERE = new Doors();

    private static final int TOKEN = 32;
    private static final int PLACES = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// An end that was sent, and that nobody uses yet.
    ///
    /// @param inside who has entered
    private record Offer(Conversation end, Handle handle, Set<SocketChannel> inside) {}

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
            offers.put(last, new Offer(end, handle, new HashSet<>()));
            return handle;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "a connection cannot be sent: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    // -- the side that has the end now -------------------------------------------------------

    /// Connects to where an end came from, and waits until it is used here.
    ///
    /// @throws ProtocolException if it is not offered there any more
    /// @throws IOException if the process is gone
    static SocketChannel enter(Handle handle, Claim use) throws IOException {
        var path = Path.of(handle.socket());
        SocketFolder.requireSocket(path);
        var socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
        try (var _ = Patience.of(PATIENCE, socket)) {
            var claim = ByteBuffer.allocate(Long.BYTES + TOKEN).putLong(handle.number())
                    .put(HexFormat.of().parseHex(handle.token())).flip();
            while (claim.hasRemaining()) {
                socket.write(claim);
            }
            requireYes(socket);
        } catch (IOException | RuntimeException e) {
            Patience.closeQuietly(socket);
            throw e;
        }
        use.connected(socket);
        return granted(socket);
    }

    private static SocketChannel granted(SocketChannel socket) throws IOException {
        try {
            requireYes(socket);
            return socket;
        } catch (IOException e) {
            Patience.closeQuietly(socket);
            throw e;
        }
    }

    private static void requireYes(SocketChannel socket) throws IOException {
        byte answer = 0;
        try {
            answer = new ControlChannel(socket).read(1).get();
        } catch (EOFException e) {
            // let go: another was the first
        }
        if (answer == 0) {
            throw new ProtocolException("this end of a connection cannot be used: another"
                    + " process has it, or had it; an end travels to one place");
        }
    }

    // -- the side that the end came from -----------------------------------------------------

    private void greet(SocketChannel guest, Semaphore places) {
        try {
            var offer = welcome(guest, places);
            if (offer == null) {
                guest.close();
            } else {
                hold(offer, guest);
            }
        } catch (IOException e) {
            Patience.closeQuietly(guest);
        }
    }

    private @Nullable Offer welcome(SocketChannel guest, Semaphore places) throws IOException {
        try (var _ = Patience.of(PATIENCE, guest)) {
            var offer = find(guest, new ControlChannel(guest).read(Long.BYTES + TOKEN)
                    .order(java.nio.ByteOrder.BIG_ENDIAN));
            answer(guest, offer != null);
            return offer;
        } finally {
            places.release();
        }
    }

    private static void answer(SocketChannel guest, boolean yes) throws IOException {
        guest.write(ByteBuffer.allocate(1).put((byte) (yes ? 1 : 0)).flip());
    }

    private @Nullable Offer find(SocketChannel guest, ByteBuffer claim) {
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
            offer.inside().add(guest);
            return offer;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until a guest uses the end, or is gone.
    private void hold(Offer offer, SocketChannel guest) throws IOException {
        try {
            new ControlChannel(guest).read(1);
        } catch (IOException e) {
            leave(offer, guest);
            throw e;
        }
        if (take(offer, guest)) {
            passOn(offer.end(), guest);
        } else {
            answer(guest, false);
            guest.close();
        }
    }

    private boolean take(Offer offer, SocketChannel guest) {
        lock.lock();
        try {
            if (!offers.remove(offer.handle().number(), offer)) {
                return false;
            }
            offer.inside().remove(guest);
            offer.inside().forEach(Patience::closeQuietly);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// The last who goes without having used the end takes it along.
    private void leave(Offer offer, SocketChannel guest) {
        lock.lock();
        try {
            offer.inside().remove(guest);
            if (!offer.inside().isEmpty() || !offers.remove(offer.handle().number(), offer)) {
                return;
            }
        } finally {
            lock.unlock();
        }
        new Passage(offer.end()).end(End.CLOSED);
        forget(offer.end());
    }

    private void passOn(Conversation end, SocketChannel guest) {
        var wire = Wire.start(() -> granting(guest), new Passage(end));
        Thread.ofVirtual().name("mitosis-passage").start(() -> passOn(end, wire));
    }

    private static SocketChannel granting(SocketChannel guest) throws IOException {
        try {
            answer(guest, true);
            return guest;
        } catch (IOException e) {
            guest.close();
            throw e;
        }
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
