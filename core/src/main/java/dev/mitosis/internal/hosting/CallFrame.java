package dev.mitosis.internal.hosting;

import dev.mitosis.internal.Upstream;
import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.internal.codec.ByteSource;
import dev.mitosis.internal.codec.ValueReader;
import dev.mitosis.internal.codec.ValueWriter;
import dev.mitosis.spi.Bytes;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// The bytes of a call, and of what came of it.
///
/// ```text
///  0       1        9        17       21
///  +-------+--------+--------+--------+------------- -
///  | flags | thread | object | method | arguments ...      an answer is one record
/// ```
///
/// @param flags [#ONE_WAY], [#LASTING]
/// @param thread of the caller
/// @param object the number of the object
/// @param method the number of the method in its interface
/// @param arguments value records
record CallFrame(int flags, long thread, long object, int method, ByteBuffer arguments) {
    /// Nothing is to come of it.
    static final int ONE_WAY = 1;

    /// The caller is the thread for which its process is there.
    static final int LASTING = 2;

    private static final int HEAD = 21;

    static ByteBuffer of(HostedHandle object, Method method,
            @Nullable Object @Nullable [] arguments, Upstream from) {
        var sink = new ByteSink(128);
        var writer = new ValueWriter(sink);
        if (arguments != null) {
            for (var argument : arguments) {
                writer.write(argument);
            }
        }
        require(sink, "the arguments of ", method);
        var thread = Thread.currentThread();
        int flags = (Methods.isOneWay(method) ? ONE_WAY : 0)
                | (thread == from.runner() ? LASTING : 0);
        var frame = ByteBuffer.allocate(HEAD + (int) sink.size()).order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) flags).putLong(thread.threadId()).putLong(object.id())
                .putInt(Methods.of(object.type()).indexOf(method));
        return sink.putInto(frame).flip();
    }

    /// Reads a call.
    ///
    /// @throws java.nio.BufferUnderflowException if it is too short
    static CallFrame read(ByteBuffer frame) {
        return new CallFrame(frame.get(), frame.getLong(), frame.getLong(), frame.getInt(), frame);
    }

    boolean isOneWay() {
        return (flags & ONE_WAY) != 0;
    }

    boolean isLasting() {
        return (flags & LASTING) != 0;
    }

    @Nullable Object[] arguments(int count, ClassLoader loader, ObjectInputFilter filter)
            throws IOException {
        byte[] bytes = new byte[arguments.remaining()];
        arguments.get(bytes);
        var reader = new ValueReader(ByteSource.of(Bytes.of(bytes)), loader, filter);
        var read = new @Nullable Object[count];
        for (int i = 0; i < count; i++) {
            read[i] = reader.read();
        }
        return read;
    }

    /// {@return an answer, in which whatever cannot travel has become a failure}
    static ByteSink answer(@Nullable Object value, Method method) {
        var sink = new ByteSink(128);
        try {
            new ValueWriter(sink).write(value);
            require(sink, "the result of ", method);
            return sink;
        } catch (RuntimeException | Error e) {
            return failure(e);
        }
    }

    static ByteSink failure(Throwable thrown) {
        var sink = new ByteSink(1024);
        new ValueWriter(sink).writeFailure(thrown);
        return sink;
    }

    private static void require(ByteSink sink, String what, Method method) {
        if (sink.size() > Hosting.MOST_BYTES) {
            throw new IllegalArgumentException(what + method.getName() + " have "
                    + sink.size() + " bytes, and " + Hosting.MOST_BYTES + " are the most that"
                    + " travel in a call of a hosted object; share what is larger");
        }
    }
}
