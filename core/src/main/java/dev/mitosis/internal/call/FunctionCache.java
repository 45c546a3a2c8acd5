package dev.mitosis.internal.call;

import dev.mitosis.internal.codec.Functions;
import dev.mitosis.spi.Job;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The serialized functions of one pool; a lambda that captures nothing is serialized once.
final class FunctionCache {
    private final AtomicLong numbers = new AtomicLong();

    // entries live as long as their class: a lambda's own hidden class
    private final ClassValue<Slot> slots = new ClassValue<>() {
        @Override
        protected Slot computeValue(Class<?> type) {
            return new Slot(type.isHidden() && hasNoFields(type));
        }
    };

    /// What is known of a class of functions.
    private static final class Slot {
        private final boolean constant;

        // written by whoever comes first, read by any: all would write the same
        private volatile Job.@Nullable Function function;

        Slot(boolean constant) {
            this.constant = constant;
        }
    }

    /// Serializes a function, unless that was done before.
    ///
    /// @throws dev.mitosis.NotShippableException if it cannot travel
    Job.Function encode(Object function) {
        var slot = slots.get(function.getClass());
        var known = slot.function;
        if (known != null) {
            return known;
        }
        var bytes = Functions.encode(function);
        var encoded = new Job.Function(numbers.incrementAndGet(), bytes, slot.constant);
        if (slot.constant) {
            slot.function = encoded;
        }
        return encoded;
    }

    private static boolean hasNoFields(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .allMatch(field -> Modifier.isStatic(field.getModifiers()));
    }
}
