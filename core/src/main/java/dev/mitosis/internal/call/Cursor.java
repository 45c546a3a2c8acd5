package dev.mitosis.internal.call;

import dev.mitosis.internal.call.BatchReader.State;

/// Goes through the outcomes of a call, as far as they are there; for one thread.
interface Cursor {
    /// Moves on to the next unit.
    ///
    /// @return [State#END] when there are no more, [State#WAIT] when the next is not there yet
    State next();

    /// {@return where the unit that was moved to can be read}
    BatchReader read();
}
