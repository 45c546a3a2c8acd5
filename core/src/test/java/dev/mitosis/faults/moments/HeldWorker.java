package dev.mitosis.faults.moments;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.CallOptions;
import dev.mitosis.Output;
import dev.mitosis.Pool;
import dev.mitosis.PoolConfig;
import dev.mitosis.RemoteFunction;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.Gate;
import dev.mitosis.testing.Ledger;
import dev.mitosis.testing.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/// A pool of one worker that a test holds, and strikes, at any moment of its life.
///
/// Each process waits at the gate in its initializer, and again in its finalizer, until the test lets it pass.
final class HeldWorker implements AutoCloseable {
    private static final String START = "start";
    private static final String FINISH = "finish";

    private final Path directory;
    private final Gate gate = Gate.create();
    private final Ledger orders;
    private final Pool pool;
    private long pid;

    /// Opens the pool; its worker is idle.
    HeldWorker(Path directory, UnaryOperator<PoolConfig> edit) {
        this.directory = directory;
        orders = Ledger.in(directory);
        var door = gate.door();
        var harm = orders;
        pool = Pool.open(c -> edit.apply(c.withWorkers(1).withHeap("64m").withMemoryLimit("200m")
                .withJvmArgs("-XX:TieredStopAtLevel=1").withOutput(Output.discard())
                .withInitializer(() -> initialize(door, harm)).withFinalizer(() -> door.pass(FINISH))));
        letStart();
        Eventually.holds("the worker is ready", () -> pool.stats().workers().getFirst().state().equals("idle"));
    }

    private static void initialize(Gate.Door door, Ledger orders) throws IOException {
        Harm.lieInWait(door, orders);
        door.pass(START);
    }

    Pool pool() {
        return pool;
    }

    Gate gate() {
        return gate;
    }

    /// {@return the process on the seat}
    long pid() {
        return pid;
    }

    Ledger newLedger() {
        return Ledger.in(directory);
    }

    // -- processes ---------------------------------------------------------------------------

    /// {@return the next process, which is held in its initializer}
    Gate.Visitor nextStart() {
        return gate.arrivalOf(START);
    }

    /// Lets the next process start, and take the seat when that is free.
    void letStart() {
        letStart(nextStart());
    }

    void letStart(Gate.Visitor next) {
        next.release();
        pid = next.pid();
    }

    /// Lets a process start while another is on the seat, until it waits for that.
    void letWarmUp(Gate.Visitor next) {
        letStart(next);
        Eventually.holds("the next one is warm", () -> Inside.hasWarmSuccessor(pool));
    }

    /// {@return the next process that leaves, which is held in its finalizer}
    Gate.Visitor nextEnd() {
        return gate.arrivalOf(FINISH);
    }

    /// Does harm to a process, and waits for its end.
    void strike(long victim, Harm harm) throws IOException {
        harm.strike(victim, gate, orders);
        Eventually.holds(harm + " ends the process", () -> !Processes.isAlive(victim));
    }

    /// Does harm to a process that it survives for now.
    void weaken(long victim, Harm harm) throws IOException {
        harm.strike(victim, gate, orders);
        Eventually.holds(harm + " is done", () -> orders.notes().getLast().equals("done"));
    }

    // -- calls -------------------------------------------------------------------------------

    /// A verb.
    ///
    /// @param <C> what it returns
    interface Verb<C> {
        C call(Pool view, RemoteFunction<Integer, Object> function, List<Integer> items);
    }

    /// Makes a call.
    ///
    /// @param moment where one of its items keeps the worker
    /// @param ledger where items note that they begin
    /// @param edit the options of the call
    /// @param verb makes it
    /// @return what the verb returns
    <C> C begin(Moment moment, Ledger ledger, UnaryOperator<CallOptions> edit, Verb<C> verb) {
        return begin(moment, ledger, edit, verb, false);
    }

    private <C> C begin(
            Moment moment, Ledger ledger, UnaryOperator<CallOptions> edit, Verb<C> verb, boolean deaf) {
        var door = gate.door();
        return verb.call(pool.with(o -> edit.apply(o.withChunkSize(Work.ITEMS))),
                n -> Work.run(n, moment, ledger, door, deaf), upTo(Work.ITEMS));
    }

    /// As [#begin], and brings the worker to the moment.
    <C> Scene<C> reach(Moment moment, UnaryOperator<CallOptions> edit, Verb<C> verb) {
        return reach(moment, edit, verb, false);
    }

    /// As [#reach], but the item that is kept does not end when it is interrupted.
    <C> Scene<C> reachDeaf(Moment moment, UnaryOperator<CallOptions> edit, Verb<C> verb) {
        return reach(moment, edit, verb, true);
    }

    private <C> Scene<C> reach(Moment moment, UnaryOperator<CallOptions> edit, Verb<C> verb, boolean deaf) {
        Gate.Visitor starting = null;
        if (moment == Moment.STARTING) {
            Processes.kill9(pid);
            starting = nextStart();
            pid = starting.pid();
        }
        var reader = moment.isUnread() ? new HeldReader(pool) : null;
        var ledger = newLedger();
        var call = begin(moment, ledger, edit, verb, deaf);
        if (moment == Moment.IDLE) {
            Eventually.holds("all items are through", () -> ledger.notes().size() == Work.ITEMS
                    && pool.stats().workers().getFirst().state().equals("idle"));
        }
        var held = moment.isAtGate() ? gate.arrivalOf(Work.VICTIM) : starting;
        if (moment == Moment.WRITING) {
            reader.awaitFullRing();
        } else if (moment == Moment.DRAINING) {
            assertTrue(reader.unread() > Work.VICTIM * Work.LARGE, "the outcomes before it wait in the ring");
        }
        return new Scene<>(moment, pid, ledger, call, held, reader);
    }

    /// Requires that the pool is as good as new.
    void assertGoesOn() {
        assertEquals(upTo(20), pool.map(n -> n, upTo(20)));
        assertEquals(pid, pool.apply(() -> ProcessHandle.current().pid()));
    }

    @Override
    public void close() {
        try (gate) {
            gate.open();
            pool.close();
        }
    }
}
