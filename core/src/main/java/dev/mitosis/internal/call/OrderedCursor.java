package dev.mitosis.internal.call;

import dev.mitosis.internal.call.BatchReader.State;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Goes through the outcomes of a call in the order of its input.
final class OrderedCursor implements Cursor {
    private final Call call;
    private final boolean numbers;
    private final boolean beyondLimit;
    private @Nullable BatchReader reader;

    /// Makes a cursor at the beginning.
    ///
    /// @param numbers whether values are numbers, to be read without boxing
    /// @param beyondLimit whether to go on, after a halt, through the items that were taken but
    ///     are not wanted any more
    OrderedCursor(Call call, boolean numbers, boolean beyondLimit) {
        this.call = call;
        this.numbers = numbers;
        this.beyondLimit = beyondLimit;
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
            if (!beyondLimit && current.batch().base() + current.position() >= call.limit()) {
                return State.END;
            }
            var state = current.next();
            if (state != State.END) {
                return state;
            }
            call.released(current.batch());
            reader = null;
        }
    }

    @Override
    public BatchReader read() {
        return Objects.requireNonNull(reader);
    }
}
