package dev.mitosis.internal.codec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// The search for classes on this side: the pool's loader, the thread's own, the platform's.
final class ClassSearch {
    private static final Map<String, Class<?>> PRIMITIVES = Map.of(
            "boolean", boolean.class,
            "byte", byte.class,
            "short", short.class,
            "char", char.class,
            "int", int.class,
            "long", long.class,
            "float", float.class,
            "double", double.class,
            "void", void.class);

    private final ClassLoader loader;
    private final @Nullable ClassLoader context; // of the thread that asked for the value
    private @Nullable ClassNotFoundException missing; // the first, since others follow from it

    /// Prepares a search, on the thread whose context loader is to be asked.
    ///
    /// @param loader where to look first
    ClassSearch(ClassLoader loader) {
        this.loader = loader;
        context = Thread.currentThread().getContextClassLoader();
    }

    /// Finds a class.
    ///
    /// @param name its binary name
    /// @return the class, not initialized
    /// @throws ClassNotFoundException if no step found it; the message names them
    Class<?> find(String name) throws ClassNotFoundException {
        var near = ask(loader, name);
        if (near != null) {
            return near;
        }
        for (var other : steps().values()) {
            var found = ask(other, name);
            if (found != null) {
                return found;
            }
        }
        var primitive = PRIMITIVES.get(name);
        if (primitive != null) {
            return primitive;
        }
        throw missing(name);
    }

    private static @Nullable Class<?> ask(ClassLoader loader, String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException _) {
            return null; // the next step may know it
        }
    }

    /// {@return the loader for a dynamic proxy}
    ClassLoader first() {
        return loader;
    }

    /// {@return the first class that was not found, or null}
    @Nullable ClassNotFoundException missing() {
        return missing;
    }

    private Map<String, ClassLoader> steps() {
        var steps = new LinkedHashMap<String, ClassLoader>();
        steps.put("the pool's class loader", loader);
        if (context != null && !context.equals(loader)) {
            steps.put("the thread's context class loader", context);
        }
        steps.put("the platform class loader", ClassLoader.getPlatformClassLoader());
        return steps;
    }

    private ClassNotFoundException missing(String name) {
        var tried = new StringJoiner(", ");
        steps().forEach((step, asked) -> tried.add(step + " (" + describe(asked) + ")"));
        var e = new ClassNotFoundException("class " + name + " was not found; asked were " + tried);
        if (missing == null) {
            missing = e;
        }
        return e;
    }

    private static String describe(ClassLoader loader) {
        var name = loader.getName();
        return name == null ? loader.getClass().getName() : name;
    }
}
