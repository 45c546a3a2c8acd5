package dev.mitosis.share;

import dev.mitosis.internal.StandIn;
import java.io.InvalidObjectException;
import java.io.Serial;
import java.io.Serializable;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A map that threads of several processes use: [Hosted#map].
///
/// Functions run in the process that calls, again if the value was changed meanwhile.
///
/// @param <K> the type of a key
/// @param <V> the type of a value
@SuppressWarnings({
    "NullAway", // the maps of the JDK say null where there is nothing
    "ReferenceEquality" // the same object is no change, whatever its type makes of equality
})
final class SharedMap<K, V> extends AbstractMap<K, V>
        implements ConcurrentMap<K, V>, Serializable, StandIn.Source {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Table<K> table;

    /// What travels of it.
    private record Handle(Table<?> table) implements StandIn, Serializable {
        @Override
        public Object original() {
            return new SharedMap<>(table);
        }

        @Serial
        private Object readResolve() {
            return original();
        }
    }

    SharedMap(Table<K> table) {
        this.table = table;
    }

    // -- one value ---------------------------------------------------------------------------

    @Override
    @SuppressWarnings("unchecked") // a key of another type is not there
    public V get(Object key) {
        return value(table.get((K) Objects.requireNonNull(key)));
    }

    private @Nullable V value(Table.@Nullable Entry entry) {
        return entry == null ? null : value(entry.value());
    }

    private @Nullable V value(byte @Nullable [] bytes) {
        return bytes == null ? null : Copies.value(bytes, table);
    }

    @Override
    public V getOrDefault(Object key, V otherwise) {
        var value = get(key);
        return value == null ? otherwise : value;
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public V put(K key, V value) {
        return value(table.put(Objects.requireNonNull(key), Copies.bytes(value)));
    }

    @Override
    public V remove(Object key) {
        return value(table.remove(Objects.requireNonNull(key)));
    }

    @Override
    public V putIfAbsent(K key, V value) {
        Objects.requireNonNull(value);
        return update(key, before -> before == null ? value : before).before();
    }

    @Override
    @SuppressWarnings("unchecked") // as above
    public boolean remove(Object key, Object value) {
        return update((K) key, before -> Objects.equals(before, value) ? null : before).isChange();
    }

    @Override
    public boolean replace(K key, V expected, V value) {
        Objects.requireNonNull(key);
        Objects.requireNonNull(expected);
        Objects.requireNonNull(value);
        while (true) {
            var entry = table.get(key);
            if (!expected.equals(value(entry))) {
                return false;
            }
            if (changed(key, entry, value)) {
                return true;
            }
        }
    }

    @Override
    public V replace(K key, V value) {
        Objects.requireNonNull(value);
        return update(key, before -> before == null ? null : value).before();
    }

    // -- functions ---------------------------------------------------------------------------

    @Override
    public V compute(K key, BiFunction<? super K, ? super V, ? extends V> function) {
        return change(key, before -> function.apply(key, before));
    }

    @Override
    public V computeIfAbsent(K key, Function<? super K, ? extends V> function) {
        return update(key, before -> before == null ? function.apply(key) : before).after();
    }

    @Override
    public V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends V> function) {
        return change(key, before -> before == null ? null : function.apply(key, before));
    }

    @Override
    public V merge(K key, V value, BiFunction<? super V, ? super V, ? extends V> function) {
        Objects.requireNonNull(value);
        return change(key, before -> before == null ? value : function.apply(before, value));
    }

    @Override
    public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
        table.copy().keySet().forEach(key -> computeIfPresent(key, function));
    }

    /// What was there before and after.
    private record Update<V>(@Nullable V before, @Nullable V after) {
        boolean isChange() {
            return before != after;
        }
    }

    /// Changes a value by a function of the user's, which may have changed the copy that it was
    /// given, and return that.
    private @Nullable V change(K key, Function<@Nullable V, @Nullable V> function) {
        Objects.requireNonNull(key);
        while (true) {
            var entry = table.get(key);
            var after = function.apply(value(entry));
            if (entry == null && after == null || changed(key, entry, after)) {
                return after;
            }
        }
    }

    /// Changes a value, if it is then another object.
    private Update<V> update(K key, Function<@Nullable V, @Nullable V> function) {
        Objects.requireNonNull(key);
        while (true) {
            var entry = table.get(key);
            var before = value(entry);
            var after = function.apply(before);
            if (after == before || changed(key, entry, after)) {
                return new Update<>(before, after);
            }
        }
    }

    private boolean changed(K key, Table.@Nullable Entry before, @Nullable V after) {
        return table.change(key, before == null ? 0 : before.version(),
                after == null ? null : Copies.bytes(after));
    }

    // -- all values --------------------------------------------------------------------------

    @Override
    public void putAll(Map<? extends K, ? extends V> values) {
        var all = new HashMap<K, byte[]>();
        values.forEach((key, value) ->
                all.put(Objects.requireNonNull(key), Copies.bytes(value)));
        table.putAll(all);
    }

    @Override
    public int size() {
        return table.size();
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public void clear() {
        table.clear();
    }

    /// The entries: each iterator goes over those that there are when it is made.
    @Override
    public Set<Entry<K, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<K, V>> iterator() {
                return new Entries(table.copy().entrySet().iterator());
            }

            @Override
            public int size() {
                return table.size();
            }
        };
    }

    /// Goes over a copy, and removes from the map.
    private final class Entries implements Iterator<Entry<K, V>> {
        private final Iterator<Entry<K, byte[]>> copy;
        private @Nullable K last;

        Entries(Iterator<Entry<K, byte[]>> copy) {
            this.copy = copy;
        }

        @Override
        public boolean hasNext() {
            return copy.hasNext();
        }

        @Override
        public Entry<K, V> next() {
            var entry = copy.next();
            last = entry.getKey();
            return Map.entry(entry.getKey(), value(entry.getValue()));
        }

        @Override
        public void remove() {
            if (last == null) {
                throw new IllegalStateException("there is nothing to remove");
            }
            SharedMap.this.remove(last);
            last = null;
        }
    }

    @Override
    public Record standIn() {
        return new Handle(table);
    }

    @Serial
    private Object writeReplace() {
        return standIn();
    }

    @Serial
    private Object readResolve() throws InvalidObjectException {
        throw dev.mitosis.share.Handle.misread();
    }
}
