package dev.mitosis.share;

import dev.mitosis.internal.StandIn;
import java.io.InvalidObjectException;
import java.io.Serial;
import java.io.Serializable;

/// What travels of shared memory, or of an array in it: where it is, and which part is meant.
///
/// @param file the path of its file
/// @param size how many bytes that has
/// @param kind the code of a [Place.Kind]
/// @param readOnly whether nothing may be written
/// @param of what it is a handle of, by its number here
/// @param from the first element, of an array
/// @param length how many elements, of an array
record Handle(String file, long size, int kind, boolean readOnly, int of, long from, long length)
        implements StandIn, Serializable {
    static final int MEMORY = 0;
    static final int BYTES = 1;
    static final int INTS = 2;
    static final int LONGS = 3;
    static final int FLOATS = 4;
    static final int DOUBLES = 5;
    static final int STRINGS = 6;

    /// Refuses what no handle can say; who attaches looks at the rest.
    Handle {
        if (of < MEMORY || of > STRINGS || from < 0 || length < 0) {
            throw new IllegalArgumentException("not a handle of shared memory: type " + of);
        }
    }

    @Override
    public Object original() {
        var memory = SharedMemory.at(new Place(file, size, Place.Kind.of(kind)), readOnly);
        var range = new SharedArray.Range(from, length);
        return switch (of) {
            case BYTES -> new SharedBytes(memory, range, false);
            case INTS -> new SharedInts(memory, range, false);
            case LONGS -> new SharedLongs(memory, range, false);
            case FLOATS -> new SharedFloats(memory, range, false);
            case DOUBLES -> new SharedDoubles(memory, range, false);
            case STRINGS -> new SharedStrings(memory, length);
            default -> memory;
        };
    }

    @Serial
    private Object readResolve() {
        return original();
    }

    /// {@return what is thrown where something else than a handle pretends to be the object}
    static InvalidObjectException misread() {
        return new InvalidObjectException("shared memory is read from its handle");
    }
}
