package dev.mitosis.share;

import dev.mitosis.internal.hosting.Prompt;
import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A map as its callers see it; hosted. Each value has a version, by which a caller can tell
/// whether it was changed meanwhile, whatever its type makes of equality.
///
/// @param <K> the type of a key
@Prompt
interface Table<K> {
    /// A value.
    ///
    /// @param version never the same again
    /// @param value its bytes
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(long version, byte[] value) implements Serializable {}

    /// {@return the entry of a key, or null}
    ///
    /// @param key the key
    @Nullable Entry get(K key);

    /// Sets a value, whatever was there.
    ///
    /// @param key the key
    /// @param value the value
    /// @return what was there, or null
    byte @Nullable [] put(K key, byte[] value);

    /// Sets values, whatever was there.
    ///
    /// @param values the values by their keys
    void putAll(Map<K, byte[]> values);

    /// Sets or removes a value, if it has not changed.
    ///
    /// @param key the key
    /// @param version that it should have, 0 if there should be none
    /// @param value the value, or null to remove it
    /// @return whether that was so
    boolean change(K key, long version, byte @Nullable [] value);

    /// Removes a value.
    ///
    /// @param key the key
    /// @return what was there, or null
    byte @Nullable [] remove(Object key);

    /// {@return how many there are}
    int size();

    /// Removes all.
    void clear();

    /// {@return a copy of all values by their keys}
    Map<K, byte[]> copy();
}
