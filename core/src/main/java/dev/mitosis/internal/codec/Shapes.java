package dev.mitosis.internal.codec;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The classes of records that a stream has declared so far, by their numbers; for one thread.
final class Shapes {
    private final ClassLoader loader;
    private final @Nullable ObjectInputFilter filter;
    private List<KnownShape> known = List.of(); // most streams have none

    /// Makes those of a stream at its beginning.
    ///
    /// @param loader finds the classes
    /// @param filter checks them, or null to let all pass
    Shapes(ClassLoader loader, @Nullable ObjectInputFilter filter) {
        this.loader = loader;
        this.filter = filter;
    }

    /// Takes what follows a [Kind#SHAPE].
    ///
    /// @param text the class and its components; if it is empty another stream begins
    void declare(byte[] text) throws IOException {
        if (text.length == 0) {
            known = List.of();
            return;
        }
        var shape = KnownShape.find(KnownShape.text(text), loader, filter);
        known = known.isEmpty() ? new ArrayList<>() : known;
        known.add(shape);
    }

    /// {@return the shape of a number}
    ///
    /// @throws IOException if the stream has declared none
    KnownShape get(int number) throws IOException {
        if (number < 0 || number >= known.size()) {
            throw new IOException("corrupt: a record of unknown shape " + number);
        }
        return known.get(number);
    }
}
