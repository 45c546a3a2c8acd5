package dev.mitosis.internal.link;

import java.net.ProtocolException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What a parent tells a worker that has said hello.
///
/// ```text
/// WELCOME | initializers int | functions int, then each: length int, function
///         | finalizers int, then each: length int, function
/// ```
///
/// @param initializers how many of the functions are not from `Pool.everywhere`
/// @param functions what to run before the first item, serialized
/// @param finalizers what to run after the last item, serialized
public record Welcome(int initializers, List<byte[]> functions, List<byte[]> finalizers) {
    /// Copies the lists.
    public Welcome {
        functions = List.copyOf(functions);
        finalizers = List.copyOf(finalizers);
    }

    /// {@return the message}
    public ByteBuffer toMessage() {
        int size = 12;
        for (var function : functions) {
            size += 4 + function.length;
        }
        for (var function : finalizers) {
            size += 4 + function.length;
        }
        var message = ControlChannel.message(Control.WELCOME, size).putInt(initializers);
        put(message, functions);
        put(message, finalizers);
        return message;
    }

    private static void put(ByteBuffer message, List<byte[]> functions) {
        message.putInt(functions.size());
        for (var function : functions) {
            message.putInt(function.length).put(function);
        }
    }

    /// Reads the message.
    ///
    /// @param message the message, its type included
    /// @return what it says
    /// @throws ProtocolException if it cannot be believed
    public static Welcome of(ByteBuffer message) throws ProtocolException {
        try {
            if (message.get() != Control.WELCOME) {
                throw new ProtocolException("another message instead of a welcome");
            }
            return new Welcome(message.getInt(), get(message), get(message));
        } catch (BufferUnderflowException e) {
            throw new ProtocolException("a welcome that is too short");
        }
    }

    private static List<byte[]> get(ByteBuffer message) throws ProtocolException {
        var functions = new ArrayList<byte[]>();
        for (int count = message.getInt(); count > 0; count--) {
            int length = message.getInt();
            if (length < 0 || length > message.remaining()) {
                throw new ProtocolException("a function claims to be " + length + " bytes long");
            }
            byte[] function = new byte[length];
            message.get(function);
            functions.add(function);
        }
        return functions;
    }
}
