package dev.mitosis.internal.supervise;

import dev.mitosis.internal.supervise.WorkerEvent.Arrived;
import dev.mitosis.internal.supervise.WorkerEvent.Exited;
import dev.mitosis.internal.supervise.WorkerEvent.RingDrained;
import dev.mitosis.internal.supervise.WorkerEvent.SaidLeft;
import dev.mitosis.internal.supervise.WorkerEvent.SaidReady;
import dev.mitosis.internal.supervise.WorkerEvent.SeatIsFree;
import dev.mitosis.internal.supervise.WorkerEvent.ToldToLeave;

/// Where a worker process is in its life.
///
/// ```text
///   Launched --arrived--> Preparing --ready--> Warm --seat is free--> Ready --leave--> Leaving
///      |                      |                  |                      |                 |
///      `----------------------+- killed, silent, or says what it cannot mean: Doomed -----'
///                             |
///                             |   exited              ring drained
///                             +-----------> Gone ------------------+
///                             |                                    v
///                             |   ring drained        exited
///                             `-----------> Drained ----------> Ended
/// ```
/// A worker has ended when its process has exited *and* its reply ring is drained, in either order:
/// only then is it known what it was doing. One that never had a ring ends with its exit.
sealed interface WorkerState {
    /// How far a worker came in order.
    enum Reach { STARTING, WARM, READY, LEAVING, LEFT }

    /// {@return how far it has come, or came before something went wrong}
    Reach reach();

    /// Its process runs; nothing was heard of it.
    record Launched() implements WorkerState {
        @Override
        public Reach reach() {
            return Reach.STARTING;
        }
    }

    /// It runs what it is to run first.
    record Preparing() implements WorkerState {
        @Override
        public Reach reach() {
            return Reach.STARTING;
        }
    }

    /// It is ready, but another worker is still on its seat.
    record Warm() implements WorkerState {
        @Override
        public Reach reach() {
            return Reach.WARM;
        }
    }

    /// It takes leases.
    record Ready() implements WorkerState {
        @Override
        public Reach reach() {
            return Reach.READY;
        }
    }

    /// It finishes its leases and goes.
    ///
    /// @param reach whether it has said so
    record Leaving(Reach reach) implements WorkerState {}

    /// It will not come back; its end is awaited.
    ///
    /// @param reach how far it came
    /// @param linked whether it has a ring to be drained
    record Doomed(Reach reach, boolean linked) implements WorkerState {}

    /// Its ring is drained; its exit is awaited.
    record Drained(Reach reach) implements WorkerState {}

    /// Its process has exited; its ring is being drained.
    record Gone(Reach reach, int status) implements WorkerState {}

    /// All is known of it.
    record Ended(Reach reach, int status) implements WorkerState {}

    /// {@return whether it may still become, or is, of use}
    default boolean isAlive() {
        return switch (this) {
            case Launched _, Preparing _, Warm _, Ready _, Leaving _ -> true;
            case Doomed _, Drained _, Gone _, Ended _ -> false;
        };
    }

    /// {@return whether it has a ring that is yet to be drained}
    default boolean hasRing() {
        return switch (this) {
            case Preparing _, Warm _, Ready _, Leaving _, Gone _ -> true;
            case Launched _, Drained _, Ended _ -> false;
            case Doomed(_, boolean linked) -> linked;
        };
    }

    /// {@return what users are told}
    default String describe() {
        return switch (this) {
            case Launched _, Preparing _, Warm _ -> "starting";
            case Ready _ -> "ready";
            case Leaving _, Doomed _, Drained _, Gone _, Ended _ -> "leaving";
        };
    }

    /// A state and what happens in it.
    record Step(WorkerState state, WorkerEvent event) {}

    /// Returns the state after an event.
    ///
    /// A worker may say anything at any time: what it cannot mean dooms it. What this side cannot
    /// have done is a bug, and throws.
    ///
    /// @param event what happens
    /// @return the next state, or this one
    /// @throws IllegalStateException if it cannot happen in this state
    default WorkerState after(WorkerEvent event) {
        return switch (new Step(this, event)) {
            case Step(Launched _, Arrived _) -> new Preparing();
            case Step(Preparing _, SaidReady _) -> new Warm();
            case Step(Warm _, SeatIsFree _) -> new Ready();
            case Step(Warm _, ToldToLeave _), Step(Ready _, ToldToLeave _) ->
                    new Leaving(Reach.LEAVING);
            case Step(Leaving _, ToldToLeave _) -> this;
            case Step(Leaving _, SaidLeft _) -> new Leaving(Reach.LEFT);
            case Step(Drained(var reach), SaidLeft _) when reach == Reach.LEAVING ->
                    new Drained(Reach.LEFT); // heard after the ring's end, and said before it

            case Step(var was, Exited(int status)) when was.isOver() -> throw impossible(event);
            case Step(var was, Exited(int status)) -> was.hasRing()
                    ? new Gone(was.reach(), status) : new Ended(was.reach(), status);
            case Step(Gone(var reach, int status), RingDrained _) -> new Ended(reach, status);
            case Step(var was, RingDrained _) when was.hasRing() -> new Drained(was.reach());
            case Step(Doomed(var reach, boolean linked), Arrived _) when !linked ->
                    new Doomed(reach, true);
            case Step(Ended _, Arrived _) -> this; // its sockets came after its exit

            case Step(_, RingDrained _), Step(_, Arrived _), Step(_, SeatIsFree _) ->
                    throw impossible(event);
            case Step(var was, _) when !was.isAlive() -> this; // it makes no difference any more
            case Step(var was, _) -> new Doomed(was.reach(), was.hasRing());
        };
    }

    private boolean isOver() {
        return this instanceof Gone || this instanceof Ended;
    }

    private IllegalStateException impossible(WorkerEvent event) {
        return new IllegalStateException("a worker was " + this + " and got " + event);
    }
}
