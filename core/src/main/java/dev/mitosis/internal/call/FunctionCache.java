package dev.mitosis.internal.call;

import dev.mitosis.internal.codec.Functions;
import dev.mitosis.internal.codec.Luggage;
import dev.mitosis.spi.Job;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The serialized functions of one pool; a lambda that captures nothing is serialized once.
final class FunctionCache {
    private static final long LARGE = 1 << 20;

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
        private final AtomicBoolean warned = new AtomicBoolean();

        Slot(boolean constant) {
            this.constant = constant;
        }
    }

    /// Serializes a function, unless that was done before. There is one warning of each large
    /// lambda.
    ///
    /// @param limit how many bytes it may have
    /// @throws dev.mitosis.NotShippableException if it cannot travel, or is too large
    Job.Function encode(Object function, long limit) {
        var slot = slots.get(function.getClass());
        var known = slot.function;
        if (known != null) {
            return known;
        }
        var bytes = Functions.encode(function);
        if (bytes.size() > limit) {
            throw Luggage.refusal(function, bytes.size(), limit);
        }
        if (bytes.size() > LARGE) {
            warn(function, bytes.size());
        }
        var encoded = new Job.Function(numbers.incrementAndGet(), bytes, slot.constant);
        if (slot.constant) {
            slot.function = encoded;
        }
        return encoded;
    }

    private void warn(Object function, long size) {
        var culprit = Luggage.culprit(function).getClass();
        if (slots.get(culprit).warned.compareAndSet(false, true)) {
            System.getLogger("dev.mitosis").log(
                    System.Logger.Level.WARNING, Luggage.warning(function, size));
        }
    }

    private static boolean hasNoFields(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .allMatch(field -> Modifier.isStatic(field.getModifiers()));
    }
}
