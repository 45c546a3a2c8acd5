package dev.mitosis.process;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Accepts whoever connects to a socket, and has each received on a virtual thread of its own, so
/// that one who says nothing holds up nobody.
final class Reception implements AutoCloseable {
    private static final long AGAIN_AFTER_MILLIS = 100;
    private static final System.Logger LOG = System.getLogger("dev.mitosis");

    private final ServerSocketChannel server;
    private final Consumer<SocketChannel> greeting;
    private final Semaphore places;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Reception(
            ServerSocketChannel server, Semaphore places, Consumer<SocketChannel> greeting) {
        this.server = server;
        this.places = places;
        this.greeting = greeting;
    }

    /// Begins to accept.
    ///
    /// @param server is bound
    /// @param places so many may be inside at a time; the greeting releases one when it is over
    /// @param greeting receives one who has come
    static Reception open(
            ServerSocketChannel server, Semaphore places, Consumer<SocketChannel> greeting) {
        var reception = new Reception(server, places, greeting);
        Thread.ofVirtual().name("mitosis-reception").start(reception::run);
        return reception;
    }

    private void run() {
        try {
            do {
                acceptAll();
            } while (!closed.await(AGAIN_AFTER_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a reception", e);
        }
    }

    /// Accepts until that fails. Whoever waits in the queue of the socket loses nothing: too many
    /// open files, the likely reason, may be fewer in a moment.
    private void acceptAll() throws InterruptedException {
        try {
            while (true) {
                places.acquire();
                Thread.ofVirtual().name("mitosis-greet").start(greet());
            }
        } catch (IOException e) {
            places.release();
            LOG.log(System.Logger.Level.DEBUG, "nobody can connect: {0}", e.getMessage());
        }
    }

    private Runnable greet() throws IOException {
        var guest = server.accept();
        return () -> greeting.accept(guest);
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        places.release(); // it may wait for one
        server.close();
    }
}
