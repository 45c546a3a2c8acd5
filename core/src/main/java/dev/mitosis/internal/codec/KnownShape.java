package dev.mitosis.internal.codec;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import dev.mitosis.NotReadableException;
import org.jspecify.annotations.Nullable;

/// What a `SHAPE` record means on this side: a shape, or the reason why there is none.
///
/// @param name the class's name
/// @param shape the shape, or null
/// @param reason why there is no shape, or null
record KnownShape(
        String name, @Nullable RecordShape shape, @Nullable NotReadableException reason) {

    /// Shapes that were found before. Neither a class loader nor its classes are kept alive: the
    /// shape is held by its class alone.
    private static final Map<ClassLoader, Map<String, WeakReference<RecordShape>>> FOUND =
            new WeakHashMap<>();

    /// {@return the text of a `SHAPE` record}
    ///
    /// @param body its body
    static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    /// Finds the class of a shape.
    ///
    /// @param text what was sent of it
    /// @param loader finds classes
    /// @param filter may refuse it
    /// @return the shape, or why there is none
    static KnownShape find(String text, ClassLoader loader, @Nullable ObjectInputFilter filter) {
        int end = text.indexOf('\n');
        var name = end < 0 ? text : text.substring(0, end);
        try {
            var shape = remembered(text, loader);
            if (shape == null) {
                shape = search(name, text, loader);
                remember(text, loader, shape);
            }
            if (filter != null) {
                FilterGuard.check(shape.type, filter);
            }
            return new KnownShape(name, shape, null);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Exception | Error e) {
            var what = "a record of class " + name;
            return new KnownShape(name, null, Unreadable.because(what, e));
        }
    }

    private static RecordShape search(String name, String text, ClassLoader loader)
            throws ClassNotFoundException, IOException {
        var type = new ClassSearch(loader).find(name);
        if (!type.isRecord()) {
            throw new IOException("it is a record there and none here");
        }
        var here = RecordShape.describe(type);
        if (!here.equals(text)) {
            throw new IOException(difference(text, here));
        }
        if (RecordAccess.of(type) instanceof RecordAccess.Open(var shape)) {
            return shape;
        }
        throw new IOException("it cannot be made on this side, since its package is not open");
    }

    /// {@return a sentence on two classes of the same name}
    ///
    /// @param there what was sent of it
    /// @param here what this side has of it
    static String difference(String there, String here) {
        return "the class differs on both sides: there it is %s, here %s"
                .formatted(RecordShape.readable(there), RecordShape.readable(here));
    }

    private static @Nullable RecordShape remembered(String text, ClassLoader loader) {
        var reference = found(loader).get(text);
        return reference == null ? null : reference.get();
    }

    private static void remember(String text, ClassLoader loader, RecordShape shape) {
        found(loader).put(text, new WeakReference<>(shape));
    }

    private static Map<String, WeakReference<RecordShape>> found(ClassLoader loader) {
        synchronized (FOUND) {
            return FOUND.computeIfAbsent(loader, _ -> new ConcurrentHashMap<>());
        }
    }

    /// Reads a record of this shape.
    ///
    /// @param from where from
    /// @return the record
    /// @throws Throwable the reason why there is no shape, or what the constructor throws
    Object read(ValueReader from) throws Throwable {
        if (shape == null) {
            throw new NotReadableException(
                    reason == null ? name : String.valueOf(reason.getMessage()), reason);
        }
        return shape.read(from);
    }
}
