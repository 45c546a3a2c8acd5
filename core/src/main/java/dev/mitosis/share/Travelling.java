package dev.mitosis.share;

import dev.mitosis.internal.StandIn;
import java.io.InvalidObjectException;
import java.io.Serial;
import java.io.Serializable;

/// What travels as the record that stands in for it, and in no other way.
abstract class Travelling implements Serializable, StandIn.Source {
    @Serial
    private static final long serialVersionUID = 1;

    @Serial
    protected final Object writeReplace() {
        return standIn();
    }

    @Serial
    @SuppressWarnings("DoNotCallSuggester") // nobody does, but for the JDK
    protected final Object readResolve() throws InvalidObjectException {
        throw Handle.misread();
    }
}
