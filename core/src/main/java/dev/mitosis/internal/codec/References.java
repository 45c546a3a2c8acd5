package dev.mitosis.internal.codec;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a record refers to while it is being written part by part: what it refers to twice has to
/// be one object on the other side, too, which Java serialization of the whole alone achieves.
///
/// What a part refers to that itself travels by Java serialization is not seen.
final class References {
    private static final int FEW = 8; // that are compared one by one

    private static final Set<String> VALUES = Set.of("java.time", "java.math");
    private static final Set<Class<?>> EMPTY = Set.of(Collections.emptyList().getClass(),
            Collections.emptyMap().getClass(), Collections.emptySet().getClass());

    private final @Nullable Object[] few = new Object[FEW];
    private int count;
    private @Nullable Set<Object> many; // all of them, if they are more
    private boolean anyRecord;

    // whose records are noted as soon as there are others that could be the same: most have none
    private @Nullable List<?> unseen;

    /// Forgets all.
    void clear() {
        Arrays.fill(few, 0, Math.min(count, FEW), null);
        count = 0;
        many = null;
        anyRecord = false;
        unseen = null;
    }

    /// Notes a part; of a list its elements, too, which are plain values or records of such.
    ///
    /// @param part the part
    /// @param opaque whether its elements, or components, are not seen
    /// @return whether it was not noted before, nor any of its elements
    boolean isFirst(Object part, boolean opaque) {
        if (contains(part)) {
            return false;
        }
        add(part);
        if (opaque || !(part instanceof Record || part instanceof List)) {
            return true;
        }
        if (part instanceof List<?> list && !anyRecord && unseen == null) {
            unseen = list;
            return true;
        }
        anyRecord = true;
        var before = unseen;
        unseen = null;
        return (before == null || areFirst(before))
                && (!(part instanceof List<?> list) || areFirst(list));
    }

    private void add(Object part) {
        if (many != null) {
            many.add(part);
        } else if (count < FEW) {
            few[count] = part;
        } else {
            many = Collections.newSetFromMap(new IdentityHashMap<>(4 * FEW));
            Collections.addAll(many, few);
            many.add(part);
        }
        count++;
    }

    private boolean areFirst(List<?> elements) {
        for (Object element : elements) {
            if (element instanceof Record) {
                if (contains(element)) {
                    return false;
                }
                add(element);
            }
        }
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // which object it is, is the question
    private boolean contains(Object part) {
        if (many != null) {
            return many.contains(part);
        }
        for (int i = 0; i < count; i++) {
            if (few[i] == part) {
                return true;
            }
        }
        return false;
    }

    /// {@return whether nobody asks which object a value is, or it is one object everywhere}
    ///
    /// @param value the value
    static boolean isPlain(Object value) {
        return switch (value) {
            case Enum<?> _, UUID _, Class<?> _, Path _ -> true;
            case Optional<?> maybe -> maybe.isEmpty();
            default -> VALUES.contains(value.getClass().getPackageName())
                    || EMPTY.contains(value.getClass());
        };
    }
}
