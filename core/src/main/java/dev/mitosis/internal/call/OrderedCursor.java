package dev.mitosis.internal.call;

import dev.mitosis.internal.call.BatchReader.State;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Goes through the outcomes of a call in the order of its input, up to where it was halted.
final class OrderedCursor implements Cursor {
    private final Call call;
    private final boolean numbers;
    private @Nullable BatchReader reader;

    /// Makes a cursor at the beginning.
    ///
    /// @param numbers whether to read numbers without boxing them
    OrderedCursor(Call call, boolean numbers) {
        this.call = call;
        this.numbers = numbers;
    }

    @Override
    public State next() {
        while (true) {
            var current = reader;
            if (current == null) {
                var batch = call.nextBatch();
                if (batch == null) {
                    return call.isDrained() ? State.END : State.WAIT;
                }
                current = new BatchReader(call, batch, numbers, 0);
                reader = current;
            }
            long at = current.batch().base() + current.position();
            if (at >= call.limit()) {
                return State.END; // the call was halted: what is above is not reported
            }
            var state = current.next();
            if (state == State.VERDICT && at >= call.limit()) {
                return State.END; // Guard against race with a halt that came just now
            }
            if (state != State.END) {
                return state;
            }
            current.end();
            call.released(current.batch());
            reader = null;
        }
    }

    @Override
    public BatchReader read() {
        return Objects.requireNonNull(reader);
    }
}
