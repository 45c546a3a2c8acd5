package dev.mitosis.share;

import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A map as its callers see it; hosted. Each value has a version, by which a caller can tell
/// whether it was changed meanwhile, whatever its type makes of equality.
///
/// @param <K> the type of a key
/// @param <V> the type of a value
interface Table<K, V> {
    /// A value.
    ///
    /// @param <V> its type
    /// @param version never the same again
    /// @param value the value
    record Entry<V>(long version, V value) implements Serializable {}

    /// {@return the entry of a key, or null}
    ///
    /// @param key the key
    @Nullable Entry<V> get(K key);

    /// Sets a value, whatever was there.
    ///
    /// @param key the key
    /// @param value the value
    /// @return what was there, or null
    @Nullable V put(K key, V value);

    /// Sets values, whatever was there.
    ///
    /// @param values the values by their keys
    void putAll(Map<? extends K, ? extends V> values);

    /// Sets or removes a value, if it has not changed.
    ///
    /// @param key the key
    /// @param version that it should have, 0 if there should be none
    /// @param value the value, or null to remove it
    /// @return whether that was so
    boolean change(K key, long version, @Nullable V value);

    /// Removes a value.
    ///
    /// @param key the key
    /// @return what was there, or null
    @Nullable V remove(Object key);

    /// {@return how many there are}
    int size();

    /// Removes all.
    void clear();

    /// {@return a copy of all values by their keys}
    Map<K, V> copy();
}
