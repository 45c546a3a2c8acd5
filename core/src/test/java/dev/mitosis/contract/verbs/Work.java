package dev.mitosis.contract.verbs;

import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Ledger;
import java.io.Serializable;

/// The function of all calls: one item does its deed, the others give back their numbers.
///
/// @param deed what the item at [#PLACE] does
/// @param door leads to a gate
/// @param ledger where starts are noted, whatever process they are in
/// @param ballast what else is captured
@SuppressWarnings("serial") // what cannot travel as ballast is what some tests are about
record Work(Deed deed, Gate.Door door, Ledger ledger, Object ballast) implements Serializable {
    /// How many items a call has, if it can have many.
    static final int COUNT = 7;

    /// Which of them does the deed.
    static final int PLACE = 4;

    /// One item of the input.
    ///
    /// @param number its place
    /// @param content what travels with it
    record Item(long number, Object content) {}

    Object apply(Item item) throws Exception {
        return apply(item.number());
    }

    Object apply(long number) throws Exception {
        ledger.note(number);
        return number == PLACE ? deed.act(number, door) : number;
    }

    long applyAsLong(long number) throws Exception {
        return (long) apply(number);
    }

    /// What tasks do that have no input.
    Object run() throws Exception {
        return apply((long) PLACE);
    }

    /// As [#run()], where no exception is declared.
    void runUnchecked() {
        try {
            run();
        } catch (Exception e) {
            throw Work.<RuntimeException>asIs(e);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> RuntimeException asIs(Throwable thrown) throws X {
        throw (X) thrown;
    }

    Work withBallast(Object other) {
        return new Work(deed, door, ledger, other);
    }
}
