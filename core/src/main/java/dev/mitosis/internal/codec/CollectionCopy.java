package dev.mitosis.internal.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The elements of a collection that is a view on another: `subList`, `keySet`, `headSet`, ...
///
/// @param form what to make of them
/// @param order of a sorted set; null is the natural one
/// @param elements the elements, in order
@SuppressWarnings({"ArrayRecordComponent", "serial"}) // never compared; a comparator may refuse
record CollectionCopy(
        Form form, @Nullable Comparator<Object> order, @Nullable Object[] elements)
        implements Replacement {

    enum Form {
        LIST,
        FIXED_LIST,
        SET,
        SORTED_SET
    }

    @SuppressWarnings("unchecked") // only its own elements are compared
    static CollectionCopy of(Collection<?> view) {
        var order = view instanceof SortedSet<?> set
                ? (Comparator<Object>) set.comparator()
                : null;
        return new CollectionCopy(form(view), order, view.toArray());
    }

    private static Form form(Collection<?> view) {
        return switch (view) {
            case SortedSet<?> _ -> Form.SORTED_SET;
            case Set<?> _ -> Form.SET;
            case List<?> _ when view.getClass().getName().contains("Immutable") -> Form.FIXED_LIST;
            default -> Form.LIST;
        };
    }

    private Object readResolve() {
        return switch (form) {
            case LIST -> new ArrayList<>(Arrays.asList(elements));
            case FIXED_LIST -> Collections.unmodifiableList(Arrays.asList(elements));
            case SET -> new LinkedHashSet<>(Arrays.asList(elements));
            case SORTED_SET -> {
                var set = new TreeSet<@Nullable Object>(order);
                Collections.addAll(set, elements);
                yield set;
            }
        };
    }
}
