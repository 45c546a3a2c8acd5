package dev.mitosis.internal.codec;

import dev.mitosis.NotReadableException;
import dev.mitosis.internal.StandIn;
import java.io.ObjectInputFilter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The filter of one stream: what the project's own types need, what the bytes can carry, and then
/// the given filter; remembers what was refused.
final class FilterGuard implements ObjectInputFilter {
    private static final String API = NotReadableException.class.getPackageName();

    private final @Nullable ObjectInputFilter filter;
    private final long most; // all arrays together have no more elements, for want of bytes
    private long claimed; // elements of arrays so far
    private @Nullable String refusal;
    private @Nullable Class<?> made; // of an object that was made here and comes next

    /// Makes the guard of one value.
    ///
    /// @param filter what the user wants, or null for anything
    /// @param size how many bytes the value has
    FilterGuard(@Nullable ObjectInputFilter filter, long size) {
        this.filter = filter;
        // An element takes a byte at least, and a hash table has up to eight slots for an entry.
        most = 64 + 8 * size;
    }

    /// Notes that an object was made here in place of a record that has been checked.
    ///
    /// @param type its class, for which the stream asks next, and which is often that of a proxy:
    ///     bytes that name such a class themselves are refused
    void made(Class<?> type) {
        made = type;
    }

    /// {@return what was refused, or null}
    @Nullable String refusal() {
        return refusal;
    }

    @Override
    public Status checkInput(FilterInfo info) {
        var type = info.serialClass();
        claimed += Math.max(0, info.arrayLength());
        if (claimed > most) { // arrays within arrays are made before their elements come
            refusal = "it claims an array of %d elements".formatted(info.arrayLength());
            return Status.REJECTED;
        }
        boolean madeHere = type != null && type == made;
        made = null;
        if (filter == null || madeHere || isOwn(type)) {
            return Status.UNDECIDED;
        }
        var status = type == Replacements.OwnInstance.class
                ? Status.REJECTED
                : filter.checkInput(info);
        if (status == Status.REJECTED) {
            refusal = refusal(type);
        }
        return status;
    }

    /// Ours are harmless by themselves; whatever they hold is asked for in its turn. What they are
    /// replaced with is checked, too, and a path is of a class that no filter should have to name.
    private static boolean isOwn(@Nullable Class<?> type) {
        if (type == null || type == Replacements.OwnInstance.class) {
            return false;
        }
        return Replacement.class.isAssignableFrom(type)
                || isOfThisLibrary(type) && (StandIn.class.isAssignableFrom(type)
                        || StandIn.Source.class.isAssignableFrom(type) || type.isInterface())
                || type == CollectionCopy.Form.class
                || type == RemoteFailure.class
                || Path.class.isAssignableFrom(type) && type.getClassLoader() == null
                || Throwable.class.isAssignableFrom(type) && type.getPackageName().equals(API);
    }

    private static boolean isOfThisLibrary(Class<?> type) {
        return FilterGuard.class.getModule().equals(type.getModule())
                && type.getPackageName().startsWith(API);
    }

    private static String refusal(@Nullable Class<?> type) {
        return type == null
                ? "its depth or size was refused by the pool's result filter"
                : "class " + type.getName() + " was refused by the pool's result filter";
    }

    /// Asks a filter for the class of a record that does not come by Java serialization.
    ///
    /// @param type the class
    /// @param filter the filter; the JVM's own is asked, too
    /// @throws NotReadableException if one refuses it
    static void check(Class<?> type, ObjectInputFilter filter) {
        if (isOwn(type)) {
            return;
        }
        var all = ObjectInputFilter.merge(filter, ObjectInputFilter.Config.getSerialFilter());
        if (all.checkInput(new RecordFact(type)) == Status.REJECTED) {
            throw new NotReadableException(refusal(type), null);
        }
    }

    private record RecordFact(Class<?> serialClass) implements FilterInfo {
        @Override
        public long arrayLength() {
            return -1;
        }

        @Override
        public long depth() {
            return 1;
        }

        @Override
        public long references() {
            return 1;
        }

        @Override
        public long streamBytes() {
            return 0;
        }
    }
}
