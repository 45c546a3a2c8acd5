package dev.mitosis.internal.schedule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The parts of all calls that wait for a worker; guarded by the dispatcher's lock.
///
/// Calls take turns. An item that has killed its worker and is tried again waits apart, for a
/// worker that has not run anything else: what happens then has one possible cause.
final class Waiting {
    private final ArrayDeque<Queue> round = new ArrayDeque<>();
    private final ArrayDeque<Part> alone = new ArrayDeque<>();

    void add(Part part, boolean first) {
        if (part.isAlone()) {
            alone.addLast(part);
        } else {
            part.queue.add(part, first);
            list(part.queue);
        }
    }

    private void list(Queue queue) {
        if (!queue.listed) {
            queue.listed = true;
            round.addLast(queue);
        }
    }

    /// {@return whether there is a part for any worker that has room}
    boolean isForAny() {
        return !round.isEmpty();
    }

    /// {@return how many items want a new worker each}
    int alone() {
        return alone.size();
    }

    /// {@return a call that has parts here, or null}
    @Nullable Queue first() {
        var first = round.peekFirst();
        return first != null || alone.isEmpty() ? first : alone.getFirst().queue;
    }

    @Nullable Part takeAlone() {
        return alone.pollFirst();
    }

    /// {@return the next part of the call whose turn it is, or null}
    @Nullable Part take() {
        for (Queue queue; (queue = round.pollFirst()) != null; ) {
            queue.listed = false;
            var part = queue.take();
            if (part != null) {
                if (!queue.pending.isEmpty()) {
                    list(queue);
                }
                return part;
            }
        }
        return null;
    }

    /// Takes out the parts of a call from an index on.
    List<Part> takeOut(Queue queue, long fromIndex) {
        var taken = new ArrayList<Part>();
        var kept = new ArrayList<Part>();
        for (Part part; (part = queue.take()) != null; ) {
            (part.index() >= fromIndex ? taken : kept).add(part);
        }
        kept.forEach(part -> queue.add(part, false));
        taken.addAll(takeAlone(part -> part.queue == queue && part.index() >= fromIndex));
        return taken;
    }

    /// Takes out everything.
    List<Part> takeAll() {
        var taken = new ArrayList<Part>();
        for (Part part; (part = take()) != null; ) {
            taken.add(part);
        }
        taken.addAll(takeAlone(_ -> true));
        return taken;
    }

    private List<Part> takeAlone(Predicate<Part> which) {
        var taken = alone.stream().filter(which).toList();
        alone.removeAll(taken);
        return taken;
    }
}
