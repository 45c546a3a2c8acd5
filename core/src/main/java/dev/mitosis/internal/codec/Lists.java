package dev.mitosis.internal.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Lists that travel element by element: the usual ones, of strings, numbers, and records of such.
///
/// Whatever else is in a list could be in it twice, or hold the list itself, and has to be the same
/// object on the other side as often; so such a list travels by Java serialization.
final class Lists {
    /// An `ArrayList`.
    static final byte CHANGEABLE = 0;

    /// What `List.of` makes.
    static final byte FIXED = 1;

    /// What `Stream.toList` makes: as the same class, but it tolerates nulls.
    static final byte TOLERANT = 2;

    private static final int BELIEVED = 16; // elements, before there is a byte for each
    private static final Class<?> FEW = List.of(1).getClass();
    private static final Class<?> MANY = List.of(1, 2, 3).getClass();

    private static final Set<Class<?>> PLAIN = Set.of(String.class, Integer.class, Long.class,
            Double.class, Boolean.class, Float.class, Short.class, Byte.class, Character.class);

    private Lists() {}

    /// {@return whether values of a type cannot be told from equal ones}
    static boolean isPlain(Class<?> type) {
        return type.isPrimitive() || PLAIN.contains(type);
    }

    /// {@return in which form a list travels, or -1 if it travels as any other object}
    static int formOf(List<?> list) {
        var type = list.getClass();
        if (type != ArrayList.class && type != FEW && type != MANY || !isOfPlain(list)) {
            return -1;
        }
        return type == ArrayList.class ? CHANGEABLE : type == FEW || !isTolerant(list)
                ? FIXED : TOLERANT;
    }

    /// A record that is in a list twice is one object on the other side, too; of strings and
    /// numbers nobody expects that.
    private static boolean isOfPlain(List<?> list) {
        Class<?> known = String.class; // to be plain
        Set<Object> records = null;
        for (int i = 0; i < list.size(); i++) {
            Object element = list.get(i);
            var type = element == null ? String.class : element.getClass();
            if (type != known && !isPlain(type) && !isPlainRecord(type)) {
                return false;
            }
            known = type;
            if (element instanceof Record) {
                records = records == null ? identities(list.size()) : records;
                if (!records.add(element)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Set<Object> identities(int expected) {
        return Collections.newSetFromMap(new IdentityHashMap<>(expected));
    }

    private static boolean isPlainRecord(Class<?> type) {
        return type.isRecord()
                && RecordAccess.of(type) instanceof RecordAccess.Open(var shape) && shape.plain;
    }

    /// Only what it says when it is asked for a null tells one from the other.
    private static boolean isTolerant(List<?> list) {
        try {
            var _ = list.contains(null);
            return true;
        } catch (NullPointerException e) {
            return false;
        }
    }

    /// Reads a list up to its end.
    static List<?> read(ValueReader from, ByteSource source, long end) throws IOException {
        long outer = from.enter(end);
        try {
            byte form = from.bytePart();
            int count = from.intPart();
            var elements = elements(from, source, count, end);
            if (source.position() != end) {
                throw new IOException("corrupt: a list that is longer than its elements");
            }
            return made(form, elements);
        } finally {
            from.leave(outer);
        }
    }

    /// Tells how many elements a list has, from the beginning of its body.
    static String summary(ByteBuffer body) {
        int at = 3; // after the form with its kind, and the kind of the number
        if (body.limit() < at + Integer.BYTES) {
            return "a List";
        }
        int count = body.order(ByteOrder.LITTLE_ENDIAN).getInt(at);
        return (body.get(1) == CHANGEABLE ? "an ArrayList of " : "a List of ")
                + count + (count == 1 ? " element" : " elements");
    }

    private static @Nullable Object[] elements(
            ValueReader from, ByteSource source, int count, long end) throws IOException {
        if (count < 0 || count > end - source.position()) { // each has a byte at least
            throw new IOException("corrupt: a list of " + count + " elements");
        }
        // what it claims is believed only as far as bytes are there
        var elements = new @Nullable Object[Math.min(count, Math.max(BELIEVED, source.near()))];
        for (int i = 0; i < count; i++) {
            if (i == elements.length) {
                elements = Arrays.copyOf(elements, (int) Math.min(count, 2L * i));
            }
            if ((source.peek() & ~Kind.HUGE) == Kind.LIST) {
                throw new IOException("corrupt: a list in a list"); // as deep as it is long
            }
            elements[i] = from.part();
        }
        return elements;
    }

    private static List<?> made(byte form, @Nullable Object[] elements) throws IOException {
        boolean anyNull = Arrays.stream(elements).anyMatch(each -> each == null);
        if (form == FIXED && !anyNull) {
            return List.of(elements);
        } else if (form == TOLERANT) {
            return Stream.of(elements).toList();
        } else if (form == CHANGEABLE) {
            return new ArrayList<>(Arrays.asList(elements));
        }
        throw new IOException("corrupt: a list of form " + form);
    }
}
