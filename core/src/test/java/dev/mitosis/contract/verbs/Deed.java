package dev.mitosis.contract.verbs;

import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Processes;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;

/// What one item of a call does.
enum Deed {
    RETURNS,
    THROWS,
    THROWS_AN_ERROR,
    OVERFLOWS_THE_STACK,
    THROWS_WHAT_CANNOT_TRAVEL,
    RETURNS_WHAT_CANNOT_TRAVEL,
    RETURNS_WHAT_CANNOT_BE_READ,
    WAITS,
    EXITS,
    HALTS,
    KILLS_ITSELF,
    FILLS_THE_HEAP;

    /// What cannot be written.
    static final class Stuck {}

    /// What can be written, but never read.
    static final class Unreadable implements Serializable {
        private void readObject(ObjectInputStream in) throws IOException {
            throw new IOException("not for reading " + in.available());
        }
    }

    /// An exception that holds something that cannot travel.
    static final class HeavyException extends RuntimeException {
        private final Stuck ballast = new Stuck();

        HeavyException(String message) {
            super(message);
        }

        Stuck ballast() {
            return ballast;
        }
    }

    /// Does it.
    ///
    /// @param number the item
    /// @param door leads to a gate
    /// @return the number, or what must not be returned
    /// @throws Exception if that is the deed
    Object act(long number, Gate.Door door) throws Exception {
        return switch (this) {
            case RETURNS -> number;
            case THROWS -> throw new IllegalStateException("thrown by " + number);
            case THROWS_AN_ERROR -> throw new LinkageError("raised by " + number);
            case OVERFLOWS_THE_STACK -> deeper(number);
            case THROWS_WHAT_CANNOT_TRAVEL -> throw new HeavyException("heavy " + number);
            case RETURNS_WHAT_CANNOT_TRAVEL -> new Stuck();
            case RETURNS_WHAT_CANNOT_BE_READ -> new Unreadable();
            case WAITS -> waitHere(number, door);
            case EXITS -> {
                System.exit(5);
                yield number;
            }
            case HALTS -> {
                Runtime.getRuntime().halt(77);
                yield number;
            }
            case KILLS_ITSELF -> {
                Processes.kill9(ProcessHandle.current().pid());
                Thread.sleep(60_000); // until the signal is there
                yield number;
            }
            case FILLS_THE_HEAP -> new long[Integer.MAX_VALUE - 8].length + number;
        };
    }

    private static long deeper(long number) {
        return deeper(number + 1) + 1;
    }

    private static long waitHere(long number, Gate.Door door) throws IOException {
        return door.pass(number);
    }
}
