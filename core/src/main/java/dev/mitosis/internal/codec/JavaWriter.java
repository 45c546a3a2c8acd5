package dev.mitosis.internal.codec;

import dev.mitosis.spi.Bytes;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.invoke.SerializedLambda;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One value by Java serialization, without the stream header; [Replacements] says what is added.
///
/// Each value is a stream of its own: what two items share arrives twice, and nothing that was
/// written before is kept alive.
final class JavaWriter extends ObjectOutputStream {
    private @Nullable Set<Object> receivers; // objects that lambdas of this value captured

    private JavaWriter(OutputStream out) throws IOException {
        super(out);
        enableReplaceObject(true);
    }

    /// Appends a value.
    ///
    /// @param value the value
    /// @param sink where to
    /// @throws IOException if it or something in it is not serializable
    @SuppressWarnings("resource") // nothing but memory, and flushed
    static void write(Object value, ByteSink sink) throws IOException {
        var out = new JavaWriter(new Out(sink));
        out.writeObject(value);
        out.flush();
    }

    /// Serializes a value, on a larger stack if need be.
    ///
    /// @param value the value
    /// @return the bytes
    /// @throws Throwable what prevents it
    static Bytes encode(Object value) throws Throwable {
        try {
            return once(value);
        } catch (StackOverflowError e) {
            return DeepStack.call(() -> once(value));
        }
    }

    private static Bytes once(Object value) throws IOException {
        var sink = new ByteSink(512);
        write(value, sink);
        return sink.toBytes();
    }

    @Override
    protected void writeStreamHeader() {}

    @Override
    protected @Nullable Object replaceObject(@Nullable Object object) {
        if (object instanceof SerializedLambda lambda) {
            noteReceiver(lambda);
            return lambda;
        }
        if (object != null && wasCaptured(object) && Replacements.isInstanceToMake(object)) {
            return new Replacements.OwnInstance(object.getClass());
        }
        return Replacements.of(object);
    }

    private void noteReceiver(SerializedLambda lambda) {
        var receiver = Replacements.receiver(lambda);
        if (receiver != null) {
            receivers = receivers == null
                    ? Collections.newSetFromMap(new IdentityHashMap<>())
                    : receivers;
            receivers.add(receiver);
        }
    }

    private boolean wasCaptured(Object object) {
        return receivers != null && receivers.contains(object);
    }

    private static final class Out extends OutputStream {
        private final ByteSink sink;

        Out(ByteSink sink) {
            this.sink = sink;
        }

        @Override
        public void write(int value) {
            sink.putByte(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            sink.putBytes(bytes, offset, length);
        }
    }
}
