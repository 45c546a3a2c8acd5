package dev.mitosis.internal.codec;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamField;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The way from a value to what in it is not serializable, found by walking its fields.
///
/// A best effort: what the JDK does not open is passed over.
final class Trail {
    private static final int MOST = 1_000_000; // objects; after that nobody reads the message

    /// One step of the way.
    ///
    /// @param from the step before, or null at the value itself
    /// @param label how the message names it, such as `.name`
    /// @param object where it leads
    /// @param lambda what the object says it is, if it is a lambda
    record Step(
            @Nullable Step from, String label, Object object, @Nullable SerializedLambda lambda) {

        /// {@return the path from the value, without what this project put around it}
        String path() {
            var path = new StringBuilder();
            for (var step = this; step.from != null && !step.from.isAdapter(); step = step.from) {
                path.insert(0, step.label);
            }
            return path.isEmpty() || path.charAt(0) != '.' ? path.toString() : path.substring(1);
        }

        private boolean isAdapter() {
            return object.getClass().getPackageName().equals("dev.mitosis")
                    && object instanceof Record
                    && object instanceof Serializable
                    && (from == null || from.isAdapter());
        }
    }

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Step> open = new ArrayDeque<>();

    private Trail() {}

    /// Looks for the culprit.
    ///
    /// @param root the value
    /// @param type the name of its class, if known: other culprits are taken if there is none
    /// @return the way to it, or null if it was not found
    static @Nullable Step find(Object root, @Nullable String type) {
        var trail = new Trail();
        trail.add(null, "", root);
        Step other = null;
        while (!trail.open.isEmpty() && trail.seen.size() < MOST) {
            var step = trail.open.pop();
            if (!isCulprit(step)) {
                trail.follow(step);
            } else if (type == null || step.object().getClass().getName().equals(type)) {
                return step;
            } else {
                other = step;
            }
        }
        return other;
    }

    @SuppressWarnings("ReferenceEquality") // that is how a replacement shows
    private static boolean isCulprit(Step step) {
        var object = step.object();
        return !(object instanceof Serializable) && Replacements.of(object) == object;
    }

    private void add(@Nullable Step from, String label, @Nullable Object object) {
        if (object == null
                || object instanceof String
                || object instanceof Number
                || object instanceof Enum
                || object instanceof Class
                || !seen.add(object)) {
            return;
        }
        if (from != null && from.lambda() != null && isMade(from.lambda(), object)) {
            return;
        }
        open.push(new Step(from, label, object, lambda(object)));
    }

    @SuppressWarnings("ReferenceEquality") // the very instance
    private static boolean isMade(SerializedLambda lambda, Object object) {
        return Replacements.receiver(lambda) == object && Replacements.isInstanceToMake(object);
    }

    private void follow(Step step) {
        var object = step.object();
        if (step.lambda() != null) {
            for (int i = 0; i < step.lambda().getCapturedArgCount(); i++) {
                add(step, ".capturedArgs[" + i + "]", step.lambda().getCapturedArg(i));
            }
        } else if (object instanceof Object[] array) {
            for (int i = 0; i < array.length; i++) {
                add(step, "[" + i + "]", array[i]);
            }
        } else if (object instanceof Record) {
            components(step);
        } else {
            contents(step);
            fields(step);
        }
    }

    private void components(Step step) {
        if (!(RecordAccess.of(step.object().getClass()) instanceof RecordAccess.Open(var shape))) {
            fields(step);
            return;
        }
        try {
            var values = shape.values(step.object());
            for (int i = 0; i < values.length; i++) {
                add(step, "." + shape.name(i), values[i]);
            }
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable _) {
            return; // an accessor fails: the way ends here
        }
    }

    /// What the JDK's own containers hold, whose fields cannot be looked at.
    private void contents(Step step) {
        switch (step.object()) {
            case Collection<?> collection -> {
                int i = 0;
                for (var element : collection) {
                    add(step, "[" + i++ + "]", element);
                }
            }
            case Map<?, ?> map -> map.forEach((key, value) -> entry(step, key, value));
            case Map.Entry<?, ?> entry -> entry(step, entry.getKey(), entry.getValue());
            case java.util.Optional<?> optional -> add(step, ".value", optional.orElse(null));
            case java.util.concurrent.atomic.AtomicReference<?> reference ->
                    add(step, ".value", reference.get());
            case Throwable failure -> {
                add(step, ".cause", failure.getCause());
                add(step, ".suppressed", failure.getSuppressed());
            }
            default -> {}
        }
    }

    private void entry(Step step, @Nullable Object key, @Nullable Object value) {
        add(step, ".keySet[" + shown(key) + "]", key);
        add(step, "[" + shown(key) + "]", value);
    }

    private static String shown(@Nullable Object key) {
        return switch (key) {
            case null -> "null";
            case String text when text.length() <= 40 -> "'" + text + "'";
            case Number number -> number.toString();
            case Enum<?> constant -> constant.name();
            default -> "a " + key.getClass().getTypeName();
        };
    }

    private void fields(Step step) {
        for (Class<?> c = step.object().getClass(); c != null; c = c.getSuperclass()) {
            if (!Serializable.class.isAssignableFrom(c)) {
                return;
            }
            for (var field : ObjectStreamClass.lookupAny(c).getFields()) {
                if (!field.isPrimitive()) {
                    add(step, "." + field.getName(), value(c, field, step.object()));
                }
            }
        }
    }

    private static @Nullable Object value(Class<?> type, ObjectStreamField field, Object object) {
        try {
            var declared = type.getDeclaredField(field.getName());
            return declared.trySetAccessible() ? declared.get(object) : null;
        } catch (ReflectiveOperationException _) {
            return null;
        }
    }

    /// Asks a lambda what it is. Its own method is not open to us, but serialization tells.
    static @Nullable SerializedLambda lambda(Object object) {
        return object instanceof Serializable && object.getClass().isHidden()
                ? Question.ask(object)
                : null;
    }

    private static final class Question extends ObjectOutputStream {
        private @Nullable SerializedLambda answer;
        private boolean asked; // the exception below is then written, and comes here, too

        private Question() throws IOException {
            super(OutputStream.nullOutputStream());
            enableReplaceObject(true);
        }

        @Override
        protected @Nullable Object replaceObject(@Nullable Object object) throws IOException {
            if (!asked && object instanceof SerializedLambda lambda) {
                answer = lambda;
            }
            asked = true;
            throw new NotSerializableException("only asked");
        }

        @SuppressWarnings("resource") // nothing but memory
        static @Nullable SerializedLambda ask(Object object) {
            try {
                var question = new Question();
                try {
                    question.writeObject(object);
                } catch (IOException _) {
                    return question.answer;
                }
                return question.answer;
            } catch (IOException | RuntimeException _) {
                return null;
            }
        }
    }
}
