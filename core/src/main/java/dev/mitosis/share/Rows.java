package dev.mitosis.share;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The map itself.
///
/// @param <K> the type of a key
/// @param <V> the type of a value
final class Rows<K, V> implements Table<K, V> {
    private final Map<K, Entry<V>> rows = new ConcurrentHashMap<>();
    private final AtomicLong versions = new AtomicLong();

    private Entry<V> entry(V value) {
        return new Entry<>(versions.incrementAndGet(), value);
    }

    private static <V> @Nullable V value(@Nullable Entry<V> entry) {
        return entry == null ? null : entry.value();
    }

    @Override
    public @Nullable Entry<V> get(K key) {
        return rows.get(key);
    }

    @Override
    public @Nullable V put(K key, V value) {
        return value(rows.put(key, entry(value)));
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> values) {
        values.forEach(this::put);
    }

    @Override
    public boolean change(K key, long version, @Nullable V value) {
        boolean[] changed = {false};
        rows.compute(key, (_, now) -> {
            changed[0] = version == (now == null ? 0 : now.version());
            return !changed[0] ? now : value == null ? null : entry(value);
        });
        return changed[0];
    }

    @Override
    public @Nullable V remove(Object key) {
        return value(rows.remove(key));
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public void clear() {
        rows.clear();
    }

    @Override
    public Map<K, V> copy() {
        var copy = new HashMap<K, V>();
        rows.forEach((key, entry) -> copy.put(key, entry.value()));
        return copy;
    }
}
