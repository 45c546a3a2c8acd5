package dev.mitosis.internal.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How records of one class are taken apart and put together: by handles, without boxing.
///
/// After some use a codec is generated for the class, which the JVM compiles as a whole. That takes
/// milliseconds, which a class of few records does not repay.
final class RecordShape {
    private static final int USES = 200; // before a codec is generated
    private static final int MOST = 100; // components; two slots each are all that a handle has

    /// The class.
    final Class<?> type;

    /// What is sent of the class: its name and components; see [Kind].
    final String text;

    /// The shapes of components that can only be records; they are declared with this one.
    final Class<?>[] inside;

    /// Whether its components are strings and numbers, so that equal ones cannot be told apart.
    final boolean plain;

    /// Whether two components or more may refer to something, and so to the same thing.
    final boolean mayShare;

    private final RecordComponent[] components;
    private final MethodHandle[] getters; // (Object)Object
    private final Constructor<?> constructor;
    private final Lookup lookup;

    // Guard against race with other threads: whoever counts or generates last is as good as another
    private int uses;
    private volatile @Nullable ComponentCodec codec;

    /// Makes the handles for a class.
    ///
    /// @param type the class, a record
    /// @param lookup what may call its accessors and its constructor
    /// @throws ReflectiveOperationException if it may not
    RecordShape(Class<?> type, Lookup lookup) throws ReflectiveOperationException {
        this.type = type;
        components = type.getRecordComponents();
        text = describe(type);
        var types = types();
        long references = Stream.of(types).filter(each -> !Lists.isPlain(each)).count();
        plain = references == 0;
        mayShare = references > 1;
        inside = Stream.of(types).filter(Class::isRecord).toArray(Class<?>[]::new);
        constructor = type.getDeclaredConstructor(types);
        this.lookup = lookup;
        getters = new MethodHandle[types.length];
        for (int i = 0; i < types.length; i++) {
            getters[i] = lookup.unreflect(components[i].getAccessor())
                    .asType(MethodType.methodType(Object.class, Object.class));
        }
        if (!constructor.canAccess(null)) {
            constructor.setAccessible(true);
        }
    }

    private ComponentCodec generate() throws IllegalAccessException {
        var accessors = new ArrayList<MethodHandle>();
        for (var component : components) {
            accessors.add(lookup.unreflect(component.getAccessor()));
        }
        return ComponentCodec.of(accessors, lookup.unreflectConstructor(constructor));
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

    private @Nullable ComponentCodec codec() throws IllegalAccessException {
        var generated = codec;
        if (generated == null && ++uses >= USES && components.length <= MOST) {
            generated = generate();
            codec = generated;
        }
        return generated;
    }

    /// Writes all components.
    ///
    /// @param to where to
    /// @param record a record of this class
    /// @throws Throwable whatever an accessor throws, and whatever prevents a component's travel
    void write(ValueWriter to, Object record) throws Throwable {
        var generated = codec();
        if (generated != null) {
            generated.write(to, record);
            return;
        }
        for (var getter : getters) {
            to.part((Object) getter.invokeExact(record));
        }
    }

    /// Reads all components and makes a record of them.
    ///
    /// @param from where from
    /// @return the record
    /// @throws Throwable whatever the constructor throws, and whatever is wrong with a component
    Object read(ValueReader from) throws Throwable {
        var generated = codec();
        if (generated != null) {
            return generated.read(from);
        }
        var values = new @Nullable Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = from.part();
        }
        return make(values);
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
