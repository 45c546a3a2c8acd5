package dev.mitosis.faults.moments;

import dev.mitosis.Outcome;
import dev.mitosis.Results;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Ledger;
import java.util.ArrayList;
import java.util.List;

/// A call whose worker has reached a moment, and stays there until it is let go.
///
/// @param <C> what the verb has returned
/// @param moment the moment
/// @param pid the worker's process
/// @param ledger which items have begun
/// @param call what the verb has returned
/// @param held who waits at the gate, or null
/// @param reader keeps what the worker sends from being read, or null
record Scene<C>(Moment moment, long pid, Ledger ledger, C call, Gate.Visitor held, HeldReader reader)
        implements AutoCloseable {
    /// Lets whoever waits at the gate pass.
    void letPass() {
        if (held != null) {
            held.release();
        }
    }

    /// Goes on to read what the worker sends.
    void letRead() {
        if (reader != null) {
            reader.close();
        }
    }

    /// {@return the outcomes}
    ///
    /// @param outcomes where they come from
    static List<Outcome<Object>> rest(Results<Outcome<Object>> outcomes) {
        var all = new ArrayList<Outcome<Object>>();
        outcomes.forEachRemaining(all::add);
        return all;
    }

    @Override
    public void close() {
        letRead();
        if (call instanceof Results<?> results) {
            results.close();
        }
    }
}
