package dev.mitosis.cluster.ignite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.ignite.cluster.ClusterTopologyException;
import org.jspecify.annotations.Nullable;

/// Which node gets which errand: the least busy one that has a free slot, in the order in which
/// they came; an errand that wants a certain node goes there, busy or not.
///
/// Ignite would send to any node at once and let frames queue there, while others are idle. Used by
/// many threads; calls nothing foreign. Methods return the errands that are to be sent now.
final class Placement {
    /// A node.
    private static final class Seat {
        final String node;
        final int slots;
        int busy;

        Seat(String node, int slots) {
            this.node = node;
            this.slots = slots;
        }

        double load() {
            return (double) busy / slots;
        }
    }

    // all guarded by this
    private final Map<String, Seat> seats = new LinkedHashMap<>();
    private final Map<Long, Errand> open = new HashMap<>(); // waiting and placed
    private final Deque<Errand> waiting = new ArrayDeque<>();
    private @Nullable RuntimeException end;

    /// Takes an errand.
    ///
    /// @throws ClusterTopologyException if the node that it wants is not there
    /// @throws RuntimeException what [#end] was given
    synchronized List<Errand> add(Errand errand) {
        if (end != null) {
            throw end;
        }
        if (errand.wanted().isEmpty()) {
            open.put(errand.id(), errand);
            waiting.add(errand);
            return place();
        }

        var seat = seats.get(errand.wanted());
        if (seat == null) {
            throw new ClusterTopologyException("node " + errand.wanted() + " is not there");
        }
        open.put(errand.id(), errand);
        put(errand, seat);
        return List.of(errand);
    }

    private List<Errand> place() {
        var placed = new ArrayList<Errand>();
        while (!waiting.isEmpty()) {
            var seat = seats.values().stream().filter(each -> each.busy < each.slots)
                    .min(Comparator.comparingDouble(Seat::load));
            if (seat.isEmpty()) {
                break;
            }
            var errand = waiting.remove();
            put(errand, seat.get());
            placed.add(errand);
        }
        return placed;
    }

    private static void put(Errand errand, Seat seat) {
        seat.busy++;
        errand.place(seat.node);
    }

    /// Forgets an errand that has ended.
    synchronized List<Errand> remove(Errand errand) {
        if (open.remove(errand.id(), errand)) {
            var seat = seats.get(errand.node());
            if (seat != null) {
                seat.busy--;
            }
        }
        return place();
    }

    /// Returns the errand of this number, or null if it is through; one that waits is forgotten.
    synchronized @Nullable Errand withdraw(long id) {
        var errand = open.get(id);
        if (errand != null && waiting.remove(errand)) {
            open.remove(id);
        }
        return errand;
    }

    /// Takes a node.
    synchronized List<Errand> join(String node, int slots) {
        if (end == null) {
            seats.putIfAbsent(node, new Seat(node, slots));
        }
        return place();
    }

    /// Forgets a node; Ignite tells those whose errands are there.
    synchronized void leave(String node) {
        seats.remove(node);
    }

    /// Takes no more.
    ///
    /// @param why what is thrown at those who come now
    /// @return all that have not ended
    synchronized List<Errand> end(RuntimeException why) {
        if (end == null) {
            end = why;
        }
        seats.clear();
        waiting.clear();
        return List.copyOf(open.values());
    }
}
