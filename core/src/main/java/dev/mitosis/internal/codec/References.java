package dev.mitosis.internal.codec;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a record refers to while it is being written part by part: what it refers to twice has to
/// be one object on the other side, too, which Java serialization of the whole alone achieves.
final class References {
    private static final int FEW = 8; // that are compared one by one

    private final @Nullable Object[] few = new Object[FEW];
    private int count;
    private @Nullable Set<Object> many; // all of them, if they are more
    private boolean hidden; // whether one refers to others that are not seen here
    private boolean anyRecord;

    // whose records are noted as soon as there are others that could be the same: most have none
    private @Nullable List<?> unseen;

    /// Forgets all.
    void clear() {
        Arrays.fill(few, 0, Math.min(count, FEW), null);
        count = 0;
        many = null;
        hidden = false;
        anyRecord = false;
        unseen = null;
    }

    /// Notes a part; of a list its elements, too, which are plain values or records of such.
    ///
    /// @param part the part
    /// @param hides whether it may refer to others that are not noted
    /// @return whether no other that was noted can be the same, or refer to it
    boolean isFirst(Object part, boolean hides) {
        if (hidden || hides && count > 0 || contains(part)) {
            return false;
        }
        hidden = hides;
        add(part);
        if (hides || !(part instanceof Record || part instanceof List)) {
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

    /// {@return whether nobody asks which object a value is, and it refers to no other}
    ///
    /// @param value the value
    static boolean isPlain(Object value) {
        return value instanceof Enum || value instanceof UUID
                || value.getClass().getPackageName().equals("java.time")
                || value.getClass().getPackageName().equals("java.math");
    }
}
