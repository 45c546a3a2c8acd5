package dev.mitosis.contract.product;

import dev.mitosis.WorkerContext;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Ledger;
import java.io.IOException;
import java.io.Serializable;

/// The function of all calls: notes each start of an item, and behaves as the item wants.
///
/// @param ledger where starts are noted, whatever process they are in
/// @param door leads to a gate that stays closed
record Subject(Ledger ledger, Gate.Door door) implements Serializable {
    /// One item of the input.
    ///
    /// @param number its place
    /// @param behaviour what it does
    /// @param content what travels with it
    record Item(int number, Behaviour behaviour, Object content) {
        static Item of(int number, Behaviour behaviour) {
            return new Item(number, behaviour, behaviour == Behaviour.STUCK_ITEM ? new Behaviour.Stuck() : "");
        }
    }

    /// As an item of its own: every start is an attempt, and every attempt a start.
    Object apply(Item item) throws Exception {
        int start = begin(item);
        int attempt = WorkerContext.current().attempt();
        if (attempt != start) {
            throw new AssertionError("start " + start + " of " + item + " is attempt " + attempt);
        }
        return item.behaviour().act(item.number(), start, door);
    }

    /// As a part of a fold, where a failure makes the whole block run again.
    String fold(Item item) throws Exception {
        if (!item.behaviour().isAboutResult()) {
            item.behaviour().act(item.number(), begin(item), door);
        }
        return item.number() + ";";
    }

    private int begin(Item item) throws IOException {
        ledger.note(item.number());
        return startsOf(item.number());
    }

    /// {@return how often an item was started}
    ///
    /// @param number the item
    int startsOf(int number) {
        return (int) ledger.notes().stream().filter(Integer.toString(number)::equals).count();
    }
}
