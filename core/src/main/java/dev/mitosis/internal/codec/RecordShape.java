package dev.mitosis.internal.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How records of one class are taken apart and put together: by handles, without boxing.
///
/// The handles for all components are fused into one each way, which the JVM compiles as a whole.
final class RecordShape {
    /// The class.
    final Class<?> type;

    /// What is sent of the class: its name and components; see [Kind].
    final String text;

    /// The shapes of components that can only be records; they are declared with this one.
    final Class<?>[] inside;

    private final RecordComponent[] components;
    private final MethodHandle[] getters; // (Object)Object
    private final MethodHandle writer; // (ValueWriter,Object)void
    private final MethodHandle reader; // (ValueReader)Object
    private final Constructor<?> constructor;

    /// Makes the handles for a class.
    ///
    /// @param type the class, a record
    /// @param lookup what may call its accessors and its constructor
    /// @throws ReflectiveOperationException if it may not
    /// @throws IllegalArgumentException if there are too many components for handles
    RecordShape(Class<?> type, Lookup lookup) throws ReflectiveOperationException {
        this.type = type;
        components = type.getRecordComponents();
        text = describe(type);
        var types = types();
        inside = Stream.of(types).filter(Class::isRecord).toArray(Class<?>[]::new);
        constructor = type.getDeclaredConstructor(types);
        getters = new MethodHandle[types.length];
        MethodHandle write = MethodHandles.empty(
                MethodType.methodType(void.class, ValueWriter.class, Object.class));
        for (int i = types.length - 1; i >= 0; i--) {
            var get = lookup.unreflect(components[i].getAccessor());
            getters[i] = get.asType(MethodType.methodType(Object.class, Object.class));
            write = MethodHandles.foldArguments(write, Parts.writing(get));
        }
        writer = write;
        reader = reading(lookup.unreflectConstructor(constructor), types);
        if (!constructor.canAccess(null)) {
            var _ = constructor.trySetAccessible();
        }
    }

    /// Fuses the readers of all components with the constructor, first component first.
    private static MethodHandle reading(MethodHandle constructor, Class<?>[] types) {
        var read = MethodHandles.dropArguments(constructor, types.length, ValueReader.class);
        for (int i = types.length - 1; i >= 0; i--) {
            read = MethodHandles.foldArguments(read, i, Parts.reading(types[i]));
        }
        return read.asType(MethodType.methodType(Object.class, ValueReader.class));
    }

    private Class<?>[] types() {
        return Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    }

    /// {@return what is sent of a class}
    ///
    /// @param type the class, a record
    static String describe(Class<?> type) {
        var text = new StringBuilder(type.getName());
        for (var component : type.getRecordComponents()) {
            text.append('\n').append(component.getName());
            text.append(' ').append(component.getType().descriptorString());
        }
        return text.toString();
    }

    /// Writes all components.
    ///
    /// @param to where to
    /// @param record a record of this class
    /// @throws Throwable whatever an accessor throws, and whatever prevents a component's travel
    void write(ValueWriter to, Object record) throws Throwable {
        writer.invokeExact(to, record);
    }

    /// Reads all components and makes a record of them.
    ///
    /// @param from where from
    /// @return the record
    /// @throws Throwable whatever the constructor throws, and whatever is wrong with a component
    Object read(ValueReader from) throws Throwable {
        return (Object) reader.invokeExact(from);
    }

    /// {@return the values of all components, boxed}
    ///
    /// @param record a record of this class
    /// @throws Throwable whatever an accessor throws
    @Nullable Object[] values(Object record) throws Throwable {
        var values = new @Nullable Object[getters.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (Object) getters[i].invokeExact(record);
        }
        return values;
    }

    /// {@return the name of a component}
    ///
    /// @param index which
    String name(int index) {
        return components[index].getName();
    }

    /// Makes a record.
    ///
    /// @param values of all components
    /// @return the record
    /// @throws Throwable whatever the constructor throws
    Object make(@Nullable Object[] values) throws Throwable {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /// {@return a description as Java would have it, from what is sent of a class}
    ///
    /// @param text what is sent of a class
    static String readable(String text) {
        var lines = text.split("\n", -1);
        return Arrays.stream(lines).skip(1).map(RecordShape::component)
                .collect(java.util.stream.Collectors.joining(", ", "(", ")"));
    }

    private static String component(String line) {
        int space = line.indexOf(' ');
        var type = line.substring(space + 1);
        int depth = type.lastIndexOf('[') + 1;
        var name = switch (type.charAt(depth)) {
            case 'L' -> type.substring(depth + 1, type.length() - 1).replace('/', '.');
            case 'Z' -> "boolean";
            case 'B' -> "byte";
            case 'S' -> "short";
            case 'C' -> "char";
            case 'I' -> "int";
            case 'J' -> "long";
            case 'F' -> "float";
            case 'D' -> "double";
            default -> type;
        };
        return name + "[]".repeat(depth) + " " + line.substring(0, Math.max(space, 0));
    }
}
