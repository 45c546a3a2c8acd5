package dev.mitosis.internal.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The handles that write and read one component of a record, by its type.
final class Parts {
    private static final Map<Class<?>, MethodHandle> WRITERS = Stream.of(
                    boolean.class, byte.class, short.class, char.class, int.class, long.class,
                    float.class, double.class, Object.class)
            .collect(Collectors.toUnmodifiableMap(type -> type, Parts::writer));
    private static final Map<Class<?>, MethodHandle> READERS = Map.of(
            boolean.class, reader("booleanPart", boolean.class),
            byte.class, reader("bytePart", byte.class),
            short.class, reader("shortPart", short.class),
            char.class, reader("charPart", char.class),
            int.class, reader("intPart", int.class),
            long.class, reader("longPart", long.class),
            float.class, reader("floatPart", float.class),
            double.class, reader("doublePart", double.class),
            Object.class, reader("part", Object.class));

    private Parts() {}

    /// Returns a handle `(ValueWriter,Object)void` that writes one component of a record.
    ///
    /// @param accessor the component's accessor
    /// @return the handle
    static MethodHandle writing(MethodHandle accessor) {
        var type = accessor.type().returnType();
        var key = type.isPrimitive() ? type : Object.class;
        var get = accessor.asType(MethodType.methodType(key, Object.class));
        return MethodHandles.filterArguments(get(WRITERS, key), 1, get);
    }

    /// Returns a handle `(ValueReader)type` that reads one component of a record.
    ///
    /// @param type the component's type
    /// @return the handle
    static MethodHandle reading(Class<?> type) {
        return get(READERS, type.isPrimitive() ? type : Object.class)
                .asType(MethodType.methodType(type, ValueReader.class));
    }

    private static MethodHandle get(Map<Class<?>, MethodHandle> handles, Class<?> type) {
        var handle = handles.get(type);
        if (handle == null) {
            throw new IllegalArgumentException("no component can be of type " + type);
        }
        return handle;
    }

    private static MethodHandle reader(String name, Class<?> type) {
        return find(ValueReader.class, name, MethodType.methodType(type));
    }

    private static MethodHandle writer(Class<?> type) {
        return find(ValueWriter.class, "part", MethodType.methodType(void.class, type));
    }

    private static MethodHandle find(Class<?> owner, String name, MethodType type) {
        try {
            return MethodHandles.lookup().findVirtual(owner, name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a method of our own", e);
        }
    }
}
