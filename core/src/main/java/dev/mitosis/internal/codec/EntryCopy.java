package dev.mitosis.internal.codec;

import java.util.AbstractMap.SimpleEntry;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An entry of a map, or what `Map.entry` made.
///
/// @param fixed whether its value cannot be set
/// @param key the key
/// @param value the value
@SuppressWarnings("serial") // whatever they are, they are replaced or refused in their turn
record EntryCopy(boolean fixed, @Nullable Object key, @Nullable Object value)
        implements Replacement {

    static EntryCopy of(Map.Entry<?, ?> entry) {
        boolean fixed = entry.getClass().getName().equals("java.util.KeyValueHolder");
        return new EntryCopy(fixed, entry.getKey(), entry.getValue());
    }

    private Object readResolve() {
        return fixed && key != null && value != null
                ? Map.entry(key, value)
                : new SimpleEntry<>(key, value);
    }
}
