package dev.mitosis.share;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The map itself.
///
/// @param <K> the type of a key
final class Rows<K> implements Table<K> {
    private final Map<K, Entry> rows = new ConcurrentHashMap<>();
    private final AtomicLong versions = new AtomicLong();

    private Entry entry(byte[] value) {
        return new Entry(versions.incrementAndGet(), value);
    }

    private static byte @Nullable [] value(@Nullable Entry entry) {
        return entry == null ? null : entry.value();
    }

    @Override
    public @Nullable Entry get(K key) {
        return rows.get(key);
    }

    @Override
    public byte @Nullable [] put(K key, byte[] value) {
        return value(rows.put(key, entry(value)));
    }

    @Override
    public void putAll(Map<K, byte[]> values) {
        values.forEach(this::put);
    }

    @Override
    public boolean change(K key, long version, byte @Nullable [] value) {
        boolean[] changed = {false};
        rows.compute(key, (_, now) -> {
            changed[0] = version == (now == null ? 0 : now.version());
            return !changed[0] ? now : value == null ? null : entry(value);
        });
        return changed[0];
    }

    @Override
    public byte @Nullable [] remove(Object key) {
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
    public Map<K, byte[]> copy() {
        var copy = new HashMap<K, byte[]>();
        rows.forEach((key, entry) -> copy.put(key, entry.value()));
        return copy;
    }
}
