package dev.mitosis.internal.codec;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The entries of a map that is a view on another, as `headMap` is.
///
/// @param sorted whether to make a sorted map
/// @param order of a sorted map; null is the natural one
/// @param keys the keys, in order
/// @param values the values, in the order of the keys
@SuppressWarnings({"ArrayRecordComponent", "serial"}) // never compared; a comparator may refuse
record MapCopy(
        boolean sorted,
        @Nullable Comparator<Object> order,
        @Nullable Object[] keys,
        @Nullable Object[] values)
        implements Replacement {

    @SuppressWarnings("unchecked") // only its own keys are compared
    static MapCopy of(Map<?, ?> view) {
        var order = view instanceof SortedMap<?, ?> map
                ? (Comparator<Object>) map.comparator()
                : null;
        boolean sorted = view instanceof SortedMap;
        return new MapCopy(sorted, order, view.keySet().toArray(), view.values().toArray());
    }

    private Object readResolve() {
        var map = sorted
                ? new TreeMap<@Nullable Object, @Nullable Object>(order)
                : new LinkedHashMap<@Nullable Object, @Nullable Object>();
        for (int i = 0; i < keys.length; i++) {
            map.put(keys[i], values[i]);
        }
        return map;
    }
}
