package dev.mitosis.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One end of a connection between two processes, or two threads, over which messages travel whole.
///
/// There are three ways to one: [Pipe#open()], [Listener#accept()] and [Client#connect].
///
/// **Messages** keep their boundaries and their order; an empty one is one, too. An object is
/// whatever can be an item or a result of a pool. Those received pass the filter that the results
/// of a pool pass, which refuses lambdas, proxies and machinery of the JDK: the other side is not
/// trusted.
///
/// **Cost.** An object is serialized by who sends it and deserialized by who receives it. Up to a
/// MiB of messages that nobody has received yet waits in this process, and what the operating
/// system holds; whoever sends more waits.
///
/// **Threads.** Safe for use by many: what several send does not mix, and each message is received
/// by one. A thread that is interrupted in a method throws
/// [dev.mitosis.CallInterruptedException]; its flag stays set, and the connection as it was.
///
/// **Ends.** When the other side closes or its process ends, however that happens, who receives
/// gets what had been sent before, and then [java.io.EOFException]; who sends gets an
/// [IOException]. A connection that is closed here throws [IllegalStateException] in all methods.
/// One that is not closed lives as long as this process.
///
/// **Travel.** An end can be captured by the function of a task or a [Child], and be an item, a
/// result, or a message of another connection. The first process that uses it there has it, and
/// its original throws [IllegalStateException]; to close that does nothing. Java cannot pass
/// descriptors, so messages go by way of the process that opened the pipe, or connected, as long
/// as that lives; another process reaches it through a socket in a private folder, with a token
/// that is good for one time. An end that was sent and that no process has ever read stays open.
public sealed interface Connection extends AutoCloseable permits Conversation {
    /// Sends an object; waits while the other side does not receive.
    ///
    /// What was sent arrives, even if this process ends right after; unless messages go by way of
    /// it, since the other end has travelled from here.
    ///
    /// @param message the object, or null
    /// @throws dev.mitosis.NotShippableException if it cannot travel; nothing was sent, and the
    ///     connection can be used further
    /// @throws IOException if the other side has closed or ended
    void send(@Nullable Object message) throws IOException;

    /// Waits for an object.
    ///
    /// @return the object
    /// @throws dev.mitosis.NotReadableException if it cannot be read back; it is passed over, and
    ///     the connection can be used further
    /// @throws java.io.EOFException if the other side has closed or ended
    /// @throws IOException if the next message is bytes, and stays
    @Nullable Object receive() throws IOException;

    /// Waits for an object, but no longer than that; a time-out loses nothing.
    ///
    /// @param patience how long; zero or less looks once
    /// @return the object
    /// @throws TimeoutException if none has come whole
    /// @throws dev.mitosis.NotReadableException if it cannot be read back; it is passed over, and
    ///     the connection can be used further
    /// @throws java.io.EOFException if the other side has closed or ended
    /// @throws IOException if the next message is bytes, and stays
    @Nullable Object receive(Duration patience) throws IOException, TimeoutException;

    /// Waits until a message or the end of the stream is there, but no longer than that.
    ///
    /// @param patience how long; zero or less looks once
    /// @return whether to receive would not wait
    boolean poll(Duration patience);

    /// Sends what remains in a buffer as one message, and sets its position to its limit.
    ///
    /// @param bytes the bytes, perhaps none
    /// @throws IOException if the other side has closed or ended
    void sendBytes(ByteBuffer bytes) throws IOException;

    /// Waits for a message of bytes.
    ///
    /// @return the bytes, in a buffer of its own
    /// @throws java.io.EOFException if the other side has closed or ended
    /// @throws IOException if the next message is an object, and stays
    ByteBuffer receiveBytes() throws IOException;

    /// Ends the connection; the other side still receives what was sent. Idempotent.
    @Override
    void close();

    /// Waits until one of several connections has a message or the end of its stream.
    ///
    /// @param connections which; none are never ready
    /// @param patience how long; zero or less looks once
    /// @return those that are ready, in the order given; none if time is up
    /// @throws IllegalStateException if one of them is closed
    static List<Connection> awaitAny(
            Collection<? extends Connection> connections, Duration patience) {
        return Readiness.await(connections, patience);
    }
}
