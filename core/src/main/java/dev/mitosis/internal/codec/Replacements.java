package dev.mitosis.internal.codec;

import dev.mitosis.internal.StandIn;
import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What travels in place of objects that Java's serialization forgot and users return daily.
final class Replacements {
    private Replacements() {}

    /// {@return the object that is to be written in place of another, or that other itself}
    ///
    /// @param object the object
    static @Nullable Object of(@Nullable Object object) {
        return switch (object) {
            case null -> null;
            case Proxy proxy -> Objects.requireNonNullElse(StandIn.of(proxy), proxy);
            case Serializable _ -> object;
            case Record record -> record(record);
            case Optional<?> value -> new Maybe(value.orElse(null));
            case OptionalInt value -> new MaybeInt(value.isPresent(), value.orElse(0));
            case OptionalLong value -> new MaybeLong(value.isPresent(), value.orElse(0));
            case OptionalDouble value -> new MaybeDouble(value.isPresent(), value.orElse(0));
            case Path path -> path(path);
            case ByteBuffer buffer -> Buffer.of(buffer);
            case Collection<?> view when isView(view) -> CollectionCopy.of(view);
            case Map<?, ?> view when isView(view) -> MapCopy.of(view);
            case Map.Entry<?, ?> entry when isView(entry) -> EntryCopy.of(entry);
            default -> object;
        };
    }

    /// {@return what is written of a record that is not written part by part: its components. Were
    ///     it written itself, what refers to it would find null when it is read}
    ///
    /// @param value the record
    static Object whole(Object value) {
        return value instanceof Record record ? record(record) : value;
    }

    private static Object record(Record record) {
        return RecordAccess.of(record.getClass()) instanceof RecordAccess.Open(var shape)
                ? RecordCopy.of(record, shape)
                : record;
    }

    /// Only what nobody can declare a variable of: a copy is then of a type that fits.
    private static boolean isView(Object object) {
        var type = object.getClass();
        return type.getClassLoader() == null
                && type.getPackageName().startsWith("java.util")
                && !isPublic(type);
    }

    private static boolean isPublic(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getEnclosingClass()) {
            if (!Modifier.isPublic(c.getModifiers())) {
                return false;
            }
        }
        return true;
    }

    private static Serializable path(Path path) {
        return path.getFileSystem().equals(FileSystems.getDefault())
                ? new PathText(path.toString(), false)
                : new PathText(path.toUri().toString(), true);
    }

    /// {@return the instance in whose class a lambda stands and which it captures, or null}
    ///
    /// @param lambda the lambda
    static @Nullable Object receiver(SerializedLambda lambda) {
        if (lambda.getCapturedArgCount() == 0 || lambda.getCapturedArg(0) == null) {
            return null;
        }
        var receiver = lambda.getCapturedArg(0);
        var name = lambda.getCapturingClass().replace('/', '.');
        for (Class<?> c = receiver.getClass(); c != null; c = c.getSuperclass()) {
            if (c.getName().equals(name)) {
                return receiver;
            }
        }
        return null;
    }

    /// {@return whether another process can make an equal instance from nothing}
    ///
    /// @param object the instance
    static boolean isInstanceToMake(@Nullable Object object) {
        if (object == null || object instanceof Serializable) {
            return false;
        }
        for (Class<?> c = object.getClass(); c != null; c = c.getSuperclass()) {
            for (var field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    return false;
                }
            }
        }
        try {
            var _ = maker(object.getClass());
            return true;
        } catch (ReflectiveOperationException _) {
            return false;
        }
    }

    /// {@return the constructor without parameters}
    private static MethodHandle maker(Class<?> type) throws ReflectiveOperationException {
        var own = Replacements.class.getModule();
        if (own.isNamed()) {
            own.addReads(type.getModule());
        }
        return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                .findConstructor(type, MethodType.methodType(void.class));
    }

    record Maybe(@Nullable Object value) implements Replacement {
        private Object readResolve() {
            return Optional.ofNullable(value);
        }
    }

    record MaybeInt(boolean present, int value) implements Replacement {
        private Object readResolve() {
            return present ? OptionalInt.of(value) : OptionalInt.empty();
        }
    }

    record MaybeLong(boolean present, long value) implements Replacement {
        private Object readResolve() {
            return present ? OptionalLong.of(value) : OptionalLong.empty();
        }
    }

    record MaybeDouble(boolean present, double value) implements Replacement {
        private Object readResolve() {
            return present ? OptionalDouble.of(value) : OptionalDouble.empty();
        }
    }

    record PathText(String text, boolean uri) implements Replacement {
        private Object readResolve() {
            return uri ? Path.of(URI.create(text)) : Path.of(text);
        }
    }

    /// A heap buffer with the same bytes up to the limit.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Buffer(byte[] bytes, int position, boolean little, boolean readOnly)
            implements Replacement {
        static Buffer of(ByteBuffer buffer) {
            var bytes = new byte[buffer.limit()];
            buffer.get(0, bytes);
            boolean little = buffer.order() == ByteOrder.LITTLE_ENDIAN;
            return new Buffer(bytes, buffer.position(), little, buffer.isReadOnly());
        }

        private Object readResolve() {
            var buffer = ByteBuffer.wrap(bytes).position(position);
            var copy = readOnly ? buffer.asReadOnlyBuffer() : buffer;
            return copy.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        }
    }

    /// A new instance of a class without fields.
    record OwnInstance(Class<?> type) implements Replacement {
        private Object readResolve() throws ObjectStreamException {
            try {
                return maker(type).invoke();
            } catch (Error e) {
                throw e;
            } catch (Throwable e) {
                throw failed("no instance of " + type + " could be made here", e);
            }
        }
    }

    /// The components of a record that is not serializable itself.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record RecordCopy(Class<?> type, String text, @Nullable Object[] values)
            implements Replacement {
        static RecordCopy of(Record record, RecordShape shape) {
            try {
                return new RecordCopy(shape.type, shape.text, shape.values(record));
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("an accessor failed", e);
            }
        }

        private Object readResolve() throws ObjectStreamException {
            if (!(RecordAccess.of(type) instanceof RecordAccess.Open(var shape))) {
                throw failed(type + " cannot be made here: its package is not open", null);
            }
            if (!shape.text.equals(text)) {
                throw failed(type + ": " + KnownShape.difference(text, shape.text), null);
            }
            try {
                return shape.make(values);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw failed("the constructor of " + type.getName() + " failed", e);
            }
        }
    }

    private static ObjectStreamException failed(String message, @Nullable Throwable cause) {
        return new InvalidObjectException(message, cause);
    }
}
