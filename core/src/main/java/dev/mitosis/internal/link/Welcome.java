package dev.mitosis.internal.link;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What a parent tells a worker that has said hello, in a message and one more for each function.
///
/// ```text
/// WELCOME  | initializers int | functions int | finalizers int
/// FUNCTION | function                                              each of both, in this order
/// ```
///
/// @param initializers how many of the functions are not from `Pool.everywhere`
/// @param functions what to run before the first item, serialized
/// @param finalizers what to run after the last item, serialized
public record Welcome(int initializers, List<byte[]> functions, List<byte[]> finalizers) {
    /// Where messages go.
    @FunctionalInterface
    public interface Way {
        /// Sends a message.
        ///
        /// @param message the message, complete
        /// @throws IOException if it cannot be sent
        void send(ByteBuffer message) throws IOException;
    }

    /// Copies the lists.
    public Welcome {
        functions = List.copyOf(functions);
        finalizers = List.copyOf(finalizers);
    }

    /// Sends the messages, each of which is made when it is sent: all functions together may be
    /// more than fits into one, or into the heap a second time.
    ///
    /// @param way where to
    /// @throws IOException if one cannot be sent
    public void send(Way way) throws IOException {
        way.send(ControlChannel.message(Control.WELCOME, 12)
                .putInt(initializers).putInt(functions.size()).putInt(finalizers.size()));
        send(way, functions);
        send(way, finalizers);
    }

    private static void send(Way way, List<byte[]> functions) throws IOException {
        for (var function : functions) {
            way.send(ControlChannel.message(Control.FUNCTION, function.length).put(function));
        }
    }

    /// Reads the message, and waits for those that follow it.
    ///
    /// @param message the message, its type included
    /// @param channel brings the others
    /// @return what they say
    /// @throws ProtocolException if they cannot be believed
    /// @throws IOException if the others do not come
    public static Welcome of(ByteBuffer message, ControlChannel channel) throws IOException {
        if (message.get() != Control.WELCOME) {
            throw new ProtocolException("another message instead of a welcome");
        }
        try {
            int initializers = message.getInt();
            int functions = message.getInt();
            int finalizers = message.getInt();
            return new Welcome(
                    initializers, receive(channel, functions), receive(channel, finalizers));
        } catch (BufferUnderflowException e) {
            throw new ProtocolException("a welcome that is too short");
        }
    }

    private static List<byte[]> receive(ControlChannel channel, int count) throws IOException {
        var functions = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) {
            var message = channel.receive();
            if (message.get() != Control.FUNCTION) {
                throw new ProtocolException("another message instead of a function");
            }
            byte[] function = new byte[message.remaining()];
            message.get(function);
            functions.add(function);
        }
        return functions;
    }
}
