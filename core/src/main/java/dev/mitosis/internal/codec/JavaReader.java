package dev.mitosis.internal.codec;

import dev.mitosis.internal.StandIn;
import dev.mitosis.spi.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// Reads what a [JavaWriter] wrote: the one place that deserializes.
final class JavaReader extends ObjectInputStream {
    private final ClassSearch search;
    private final FilterGuard guard;

    private JavaReader(InputStream in, ClassSearch search, FilterGuard guard) throws IOException {
        super(in);
        this.search = search;
        this.guard = guard;
        enableResolveObject(true);
        setObjectInputFilter(guard);
    }

    /// Reads one value, on a larger stack if need be.
    ///
    /// @param bytes the value
    /// @param loader finds classes
    /// @param filter checks what is read, or null
    /// @return the value
    /// @throws dev.mitosis.NotReadableException if it cannot be read; says why
    static @Nullable Object read(
            Bytes bytes, ClassLoader loader, @Nullable ObjectInputFilter filter) {
        var attempt = new Attempt(bytes, new ClassSearch(loader), filter);
        try {
            return attempt.patiently();
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            throw Unreadable.because(attempt.search.missing(), attempt.refusal, e);
        }
    }

    @Override
    protected void readStreamHeader() {}

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
        return search.find(description.getName());
    }

    @Override
    @SuppressWarnings("deprecation") // what is asked for is just its class
    protected Class<?> resolveProxyClass(String[] interfaces) throws ClassNotFoundException {
        var types = new Class<?>[interfaces.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = search.find(interfaces[i]);
        }
        try {
            return Proxy.getProxyClass(
                    types.length == 0 ? search.first() : types[0].getClassLoader(), types);
        } catch (IllegalArgumentException e) {
            throw new ClassNotFoundException("no proxy can implement all of these", e);
        }
    }

    /// Not by `readResolve`: what it returns would be checked as if the bytes had named it.
    @Override
    protected @Nullable Object resolveObject(@Nullable Object object) {
        if (!(object instanceof StandIn standIn)) {
            return object;
        }
        var original = standIn.original();
        guard.made(original.getClass());
        return original;
    }

    private static final class Attempt {
        private final Bytes bytes;
        private final ClassSearch search;
        private final @Nullable ObjectInputFilter filter;
        private @Nullable String refusal;

        Attempt(Bytes bytes, ClassSearch search, @Nullable ObjectInputFilter filter) {
            this.bytes = bytes;
            this.search = search;
            this.filter = filter;
        }

        @Nullable Object patiently() throws Throwable {
            try {
                return once();
            } catch (StackOverflowError e) {
                return DeepStack.call(this::once);
            }
        }

        private @Nullable Object once() throws IOException, ClassNotFoundException {
            var guard = new FilterGuard(filter, bytes.size());
            try (var in = new JavaReader(new In(bytes), search, guard)) {
                return in.readObject();
            } finally {
                refusal = guard.refusal();
            }
        }
    }

    /// Ends where the value ends.
    private static final class In extends InputStream {
        private final ByteSource source;
        private long left;

        In(Bytes bytes) {
            source = ByteSource.of(bytes);
            left = bytes.size();
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                return -1;
            }
            left--;
            return source.readByte() & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int part = (int) Math.min(left, length);
            if (part == 0) {
                return -1;
            }
            source.readFully(into, offset, part);
            left -= part;
            return part;
        }

        @Override
        public int available() {
            return (int) Math.min(left, Integer.MAX_VALUE);
        }
    }
}
