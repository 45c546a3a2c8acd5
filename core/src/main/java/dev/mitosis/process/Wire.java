package dev.mitosis.process;

import dev.mitosis.internal.link.Message;
import dev.mitosis.internal.link.MessageReader;
import dev.mitosis.internal.link.MessageWriter;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A socket that carries messages: two virtual threads read it and write it.
///
/// It is tempting to read and write on the user's threads. But an interrupt closes the channel that
/// a thread is blocked in, and a time-out would leave a message half read: nobody could wait for
/// two connections at once. These threads are not known to anybody who might interrupt them.
final class Wire implements Sink {
    /// Opens the socket.
    @FunctionalInterface
    interface Opener {
        /// {@return the socket, connected}
        ///
        /// @throws IOException if there is nobody at the other side
        SocketChannel open() throws IOException;
    }

    // so long what is just being sent may take after the end
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final Opener opener;
    private final Sink receiver;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();

    // guarded by lock
    private final ArrayDeque<Sending> queue = new ArrayDeque<>();
    private boolean ending;
    private @Nullable End broken;
    private @Nullable SocketChannel socket;

    /// A message, and who waits until it is written (null), or cannot be: since the other side has
    /// ended, or by a failure here, which is thrown.
    private record Sending(Message message, CompletableFuture<@Nullable End> outcome) {}

    private Wire(Opener opener, Sink receiver) {
        this.opener = opener;
        this.receiver = receiver;
    }

    /// Begins to read and write.
    ///
    /// @param opener opens the socket, on a thread of the wire
    /// @param receiver gets what comes
    static Wire start(Opener opener, Sink receiver) {
        var wire = new Wire(opener, receiver);
        Thread.ofVirtual().name("mitosis-reader").start(wire::live);
        return wire;
    }

    // -- sending -----------------------------------------------------------------------------

    /// Returns when the operating system has all of the message: it arrives even if this process
    /// ends now.
    @Override
    public void put(Message message) throws IOException, InterruptedException {
        var sending = new Sending(message, new CompletableFuture<>());
        add(sending);
        try {
            var failure = sending.outcome().get();
            if (failure != null) {
                throw failure.refusal();
            }
        } catch (InterruptedException e) {
            withdraw(sending);
            throw e;
        } catch (ExecutionException e) {
            throw failureHere(e.getCause());
        }
    }

    private static RuntimeException failureHere(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException e) {
            return e;
        }
        throw new AssertionError("there is no other", failure);
    }

    private void add(Sending sending) throws IOException {
        lock.lock();
        try {
            if (broken != null || ending) {
                throw (broken == null ? End.CLOSED : broken).refusal();
            }
            queue.add(sending);
            added.signal();
        } finally {
            lock.unlock();
        }
    }

    /// What is being written is written to its end, or the other side could not read the next.
    private void withdraw(Sending sending) {
        lock.lock();
        try {
            queue.remove(sending);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void end(End why) {
        lock.lock();
        try {
            if (!ending && socket != null) {
                var _ = Patience.of(LINGER, socket);
            }
            ending = true;
            added.signal();
        } finally {
            lock.unlock();
        }
    }

    private void write(SocketChannel to) {
        try {
            var writer = new MessageWriter(to);
            for (Sending next; (next = next()) != null; ) {
                write(writer, next);
            }
            to.shutdownOutput();
            if (to.getLocalAddress() instanceof UnixDomainSocketAddress) {
                to.close(); // what was written stays there; TCP may lose it while we read
            }
        } catch (IOException e) {
            breakOff(End.of(e)); // the reader still reads what has come, and closes the socket
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a writer", e);
        } catch (RuntimeException | Error e) { // perhaps there is no memory
            breakOff(new End("one before it was not written to its end: " + e, false));
            endOutput(to);
        }
    }

    /// The other side would wait for the rest; what it has sent is still read.
    private static void endOutput(SocketChannel to) {
        try {
            to.shutdownOutput();
        } catch (IOException e) {
            Patience.closeQuietly(to);
        }
    }

    private static void write(MessageWriter writer, Sending next) throws IOException {
        try {
            writer.write(next.message());
            next.outcome().complete(null);
        } catch (IOException e) {
            next.outcome().complete(End.of(e));
            throw e;
        } catch (RuntimeException | Error e) {
            next.outcome().completeExceptionally(e);
            if (writer.isWithinMessage()) {
                throw e;
            }
        }
    }

    private @Nullable Sending next() throws InterruptedException {
        lock.lock();
        try {
            while (queue.isEmpty() && !ending && broken == null) {
                added.await();
            }
            return queue.poll();
        } finally {
            lock.unlock();
        }
    }

    // -- receiving ---------------------------------------------------------------------------

    private void live() {
        var why = End.CLOSED;
        try (var opened = opener.open()) {
            begin(opened);
            var reader = new MessageReader(opened);
            for (Message next; (next = reader.next()) != null; ) {
                deliver(next);
            }
        } catch (IOException e) {
            why = End.of(e);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts a reader", e);
        } catch (RuntimeException | Error e) { // perhaps it has no room here
            why = new End("what came cannot be read: " + e, false);
        }
        breakOff(why);
        receiver.end(why);
    }

    private void begin(SocketChannel opened) {
        lock.lock();
        try {
            socket = opened;
            if (ending) {
                var _ = Patience.of(LINGER, opened);
            }
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("mitosis-writer").start(() -> write(opened));
    }

    private void deliver(Message message) throws InterruptedException {
        try {
            receiver.put(message);
        } catch (IOException e) {
            // Nobody takes it any more; what comes is read on so that what was sent is not lost.
        }
    }

    /// Fails all who want to send; the first reason counts.
    private void breakOff(End why) {
        lock.lock();
        try {
            var first = broken == null ? why : broken;
            broken = first;
            queue.forEach(each -> each.outcome().complete(first));
            queue.clear();
            added.signal();
        } finally {
            lock.unlock();
        }
    }
}
