package dev.mitosis.contract.product;

import dev.mitosis.NotReadableException;
import dev.mitosis.NotShippableException;
import dev.mitosis.testing.Gate;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;

/// What an item does when it is started, and how that must end.
enum Behaviour {
    FINE(Told.OK, 0),
    THROWS_ONCE(Told.failed(IllegalStateException.class), 1),
    THROWS(Told.failed(IllegalStateException.class), Integer.MAX_VALUE),
    STUCK_ITEM(Told.failed(NotShippableException.class), Integer.MAX_VALUE),
    STUCK_RESULT(Told.failed(NotShippableException.class), Integer.MAX_VALUE),
    UNREADABLE_RESULT(Told.failed(NotReadableException.class), Integer.MAX_VALUE),
    OVERRUNS_ONCE(Told.TIMED_OUT, 1),
    OVERRUNS(Told.TIMED_OUT, Integer.MAX_VALUE),
    DEAF_ONCE(Told.TIMED_OUT, 1),
    DEAF(Told.TIMED_OUT, Integer.MAX_VALUE),
    KILLS_ONCE(Told.DIED, 1),
    KILLS(Told.DIED, Integer.MAX_VALUE);

    /// What cannot be written.
    static final class Stuck {}

    /// What can be written, but never read.
    private static final class Unreadable implements Serializable {
        private void readObject(ObjectInputStream in) throws IOException {
            throw new IOException("not for reading " + in.available());
        }
    }

    private final String ending;
    private final int badStarts;

    Behaviour(String ending, int badStarts) {
        this.ending = ending;
        this.badStarts = badStarts;
    }

    /// {@return how a start must end}
    ///
    /// @param start the start, from 1
    String ending(int start) {
        return start <= badStarts ? ending : Told.OK;
    }

    /// {@return whether another attempt may follow: what cannot be sent is not started, and what the caller cannot
    /// read had a result}
    boolean mayBeTriedAgain() {
        return this != STUCK_ITEM && this != UNREADABLE_RESULT;
    }

    /// {@return whether the result has anything to do with it: a fold's results stay in the worker}
    boolean isAboutResult() {
        return this == STUCK_RESULT || this == UNREADABLE_RESULT;
    }

    /// Does it.
    ///
    /// @param number the item
    /// @param start the start, from 1
    /// @param door leads to a gate that stays closed
    /// @return a value, which [Told] understands
    /// @throws Exception if the behaviour is to throw
    Object act(int number, int start, Gate.Door door) throws Exception {
        if (start > badStarts) {
            return number + "/" + start;
        }
        return switch (this) {
            case FINE, STUCK_ITEM -> throw new AssertionError(this + " was started");
            case THROWS_ONCE, THROWS -> throw new IllegalStateException("start " + start);
            case STUCK_RESULT -> new Stuck();
            case UNREADABLE_RESULT -> new Unreadable();
            case OVERRUNS_ONCE, OVERRUNS -> door.pass(number);
            case DEAF_ONCE, DEAF -> door.passStubbornly(number);
            case KILLS_ONCE, KILLS -> {
                Runtime.getRuntime().halt(7);
                yield number;
            }
        };
    }
}
