package dev.mitosis.internal.supervise;

import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.internal.codec.ByteSource;
import dev.mitosis.internal.codec.ValueReader;
import dev.mitosis.internal.link.Control;
import dev.mitosis.internal.link.ControlChannel;
import dev.mitosis.spi.Bytes;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.net.ProtocolException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What a worker says over its control socket after its hello; see [Control].
sealed interface WorkerMessage {
    /// It has run what it was to run first.
    ///
    /// @param onboarded how many functions of `Pool.everywhere` were among that
    record Ready(int onboarded) implements WorkerMessage {}

    /// What it was to run first has failed.
    ///
    /// @param failure what that threw
    record Failed(Throwable failure) implements WorkerMessage {}

    /// Somebody in it has called `System.exit`.
    record Exiting() implements WorkerMessage {}

    /// It leaves in order.
    record Left() implements WorkerMessage {}

    /// It had better be replaced.
    record Worn() implements WorkerMessage {}

    /// It has read a shared value.
    ///
    /// @param bytes how many bytes that is
    record Fetched(long bytes) implements WorkerMessage {}

    /// It calls an object that this process hosts.
    ///
    /// @param number of the call
    /// @param call what it calls, and with what
    record Called(int number, ByteBuffer call) implements WorkerMessage {}

    /// It wants such a call to be interrupted.
    ///
    /// @param number of the call
    record Stopped(int number) implements WorkerMessage {}

    /// The stacks of its threads.
    ///
    /// @param number of the request for them
    /// @param text the stacks
    record Dumped(int number, String text) implements WorkerMessage {}

    /// It misses a class or a resource.
    ///
    /// @param number of this request
    /// @param name of the resource
    record Wanted(int number, String name) implements WorkerMessage {}

    /// Understands a message.
    ///
    /// @param message its type, then its body
    /// @param filter checks what is deserialized
    /// @return what it means
    /// @throws ProtocolException if it means nothing
    static WorkerMessage of(ByteBuffer message, ObjectInputFilter filter) throws ProtocolException {
        byte type = message.get();
        try {
            return switch (type) {
                case Control.READY -> new Ready(message.getInt());
                case Control.FAILED -> new Failed(failure(message, filter));
                case Control.EXITING -> new Exiting();
                case Control.LEFT -> new Left();
                case Control.WORN -> new Worn();
                case Control.FETCHED -> new Fetched(Math.max(0, message.getLong()));
                case Control.CALLED -> new Called(message.getInt(), message);
                case Control.STOPPED -> new Stopped(message.getInt());
                case Control.DUMPED -> new Dumped(message.getInt(), text(message));
                case Control.WANTED -> new Wanted(message.getInt(), text(message));
                default -> throw new ProtocolException("a message of type " + type);
            };
        } catch (BufferUnderflowException e) {
            throw new ProtocolException("a message of type " + type + " that is too short");
        }
    }

    /// {@return the message that answers a [Called]}
    ///
    /// @param number of the call
    /// @param answer a record
    static ByteBuffer answered(int number, ByteSink answer) {
        return answer.putInto(ControlChannel.message(
                Control.ANSWERED, 4 + Math.toIntExact(answer.size())).putInt(number));
    }

    private static String text(ByteBuffer message) {
        return StandardCharsets.UTF_8.decode(message).toString();
    }

    private static Throwable failure(ByteBuffer message, ObjectInputFilter filter)
            throws ProtocolException {
        byte[] record = new byte[message.remaining()];
        message.get(record);
        var loader = ClassLoader.getSystemClassLoader();
        try {
            return new ValueReader(ByteSource.of(Bytes.of(record)), loader, filter).readFailure();
        } catch (IOException e) {
            throw new ProtocolException(e.getMessage());
        }
    }
}
