package dev.mitosis.internal.call;

import dev.mitosis.internal.call.BatchReader.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Goes through the outcomes of a call as they come, whatever their place in its input.
final class UnorderedCursor implements Cursor {
    private final Call call;

    // batches with units that have not been read, the one being read first
    private final ArrayDeque<BatchReader> open = new ArrayDeque<>();

    // units passed over, since another attempt at them is under way: a reader of its own for each
    private final List<BatchReader> deferred = new ArrayList<>();

    private @Nullable BatchReader shown;

    UnorderedCursor(Call call) {
        this.call = call;
    }

    @Override
    public State next() {
        boolean drained = false;
        for (int i = open.size(); i >= 0; i--) {
            if (i == 0) {
                drained = call.isDrained(); // before the last batches are fetched
                i = fetch();
            }
            var first = open.peekFirst();
            if (first == null) {
                break;
            }
            var state = advance(first);
            if (state != State.WAIT && state != State.END) {
                shown = first;
                return state;
            }
            open.removeFirst();
            if (state == State.WAIT) {
                open.addLast(first);
                var rest = first.splitOff();
                if (rest != null) {
                    open.addFirst(rest);
                    i++;
                }
            } else {
                first.end();
                if (first.batch().readers(-1) == 0) {
                    call.released(first.batch());
                }
            }
        }
        return deferred(drained);
    }

    private int fetch() {
        int fetched = 0;
        for (Batch batch; (batch = call.nextBatch()) != null; fetched++) {
            open.addFirst(new BatchReader(call, batch, false, 0));
        }
        return fetched;
    }

    private State advance(BatchReader within) {
        while (true) {
            var state = within.next();
            if (state == State.WAIT && within.isPending()) {
                deferred.add(new BatchReader(call, within.batch(), false, within.position()));
                within.passOver();
            } else if (!isBeyondHalt(within, state)) {
                return state;
            }
        }
    }

    /// {@return whether a unit did not end well above where the call was halted: it was cancelled,
    ///     or interrupted, and what it threw then is not its own fault}
    private boolean isBeyondHalt(BatchReader within, State state) {
        return state == State.VERDICT && within.index() >= call.limit();
    }

    private State deferred(boolean drained) {
        for (var each = deferred.iterator(); each.hasNext(); ) {
            var reader = each.next();
            var state = reader.next();
            if (state == State.WAIT) {
                continue;
            }
            each.remove();
            if (!isBeyondHalt(reader, state)) {
                shown = reader;
                return state;
            }
        }
        return drained && open.isEmpty() && deferred.isEmpty() ? State.END : State.WAIT;
    }

    @Override
    public BatchReader read() {
        return Objects.requireNonNull(shown);
    }
}
