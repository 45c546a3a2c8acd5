package dev.mitosis.internal.codec;

import dev.mitosis.internal.StandIn;
import java.io.Externalizable;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.Modifier;
import java.util.stream.Stream;

/// In which way the records of a class may travel.
sealed interface RecordAccess {
    /// Component by component, as long as it refers to nothing twice.
    ///
    /// @param shape the handles
    record Open(RecordShape shape) implements RecordAccess {}

    /// By Java serialization alone: that is what the class says, or what its module permits.
    record Java() implements RecordAccess {}

    /// Not at all.
    ///
    /// @param cure what to do about it
    record Closed(String cure) implements RecordAccess {}

    /// Returns the way for a class.
    ///
    /// @param type the class, a record
    /// @return the way
    static RecordAccess of(Class<?> type) {
        return Cache.WAYS.get(type);
    }

    /// Decides once for each class.
    final class Cache {
        private static final ClassValue<RecordAccess> WAYS = new ClassValue<>() {
            @Override
            protected RecordAccess computeValue(Class<?> type) {
                return decide(type);
            }
        };

        private Cache() {}

        private static RecordAccess decide(Class<?> type) {
            boolean serializable = Serializable.class.isAssignableFrom(type);
            if (serializable && hasOwnForm(type) && !StandIn.class.isAssignableFrom(type)) {
                return new Java();
            }
            try {
                return new Open(new RecordShape(type, lookup(type)));
            } catch (IllegalAccessException e) {
                return serializable ? new Java() : new Closed(opens(type));
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                return serializable
                        ? new Java()
                        : new Closed("let " + type.getName() + " implement java.io.Serializable");
            }
        }

        private static boolean hasOwnForm(Class<?> type) {
            return Externalizable.class.isAssignableFrom(type)
                    || Stream.of(type.getDeclaredMethods()).anyMatch(Cache::isReplacement);
        }

        private static boolean isReplacement(java.lang.reflect.Method method) {
            return method.getParameterCount() == 0
                    && (method.getName().equals("writeReplace")
                            || method.getName().equals("readResolve"));
        }

        private static Lookup lookup(Class<?> type) throws IllegalAccessException {
            var own = RecordAccess.class.getModule();
            if (own.isNamed()) {
                own.addReads(type.getModule());
            }
            return isPublic(type)
                    ? MethodHandles.lookup()
                    : MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        }

        private static boolean isPublic(Class<?> type) {
            for (Class<?> c = type; c != null; c = c.getEnclosingClass()) {
                if (!Modifier.isPublic(c.getModifiers())) {
                    return false;
                }
            }
            return type.getModule().isExported(
                            type.getPackageName(), RecordAccess.class.getModule())
                    && Stream.of(type.getDeclaredConstructors())
                            .allMatch(c -> Modifier.isPublic(c.getModifiers()));
        }

        private static String opens(Class<?> type) {
            var own = RecordAccess.class.getModule();
            var module = type.getModule().getName();
            return own.isNamed()
                    ? "write `opens %s to %s;` into the declaration of module %s"
                            .formatted(type.getPackageName(), own.getName(), module)
                    : "start with `--add-opens %s/%s=ALL-UNNAMED`, or write `opens %s;` into the"
                                    .formatted(module, type.getPackageName(), type.getPackageName())
                            + " declaration of module " + module;
        }
    }
}
