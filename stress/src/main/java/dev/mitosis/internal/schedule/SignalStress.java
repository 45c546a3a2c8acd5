package dev.mitosis.internal.schedule;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.mitosis.internal.Deadline;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/// One thread raises a [Signal] while its waiter lowers it, or goes to sleep.
class SignalStress {
    private SignalStress() {}

    /// A raise is seen now or later, never not at all.
    ///
    /// ```text
    ///  raise()  |  r1 = take()
    ///  ------------------------
    ///       r2 = isRaised()
    /// ```
    @JCStressTest
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "raised, then taken")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "looked at too early, still raised")
    @Outcome(id = "false, false", expect = FORBIDDEN, desc = "lost: the waiter sleeps for ever")
    @Outcome(expect = FORBIDDEN, desc = "taken, and raised as before: it was raised once only")
    @State
    public static class Take {
        private final Signal signal = new Signal();

        /// Raises it.
        @Actor
        public void raise() {
            signal.raise();
        }

        /// Looks once, as a caller does that has led.
        @Actor
        public void take(ZZ_Result r) {
            r.r1 = signal.take();
        }

        /// What the waiter would find next.
        @Arbiter
        public void later(ZZ_Result r) {
            r.r2 = signal.isRaised();
        }
    }

    /// One who takes a signal that was raised before sees the condition, or is signalled again:
    /// raise() stores nothing if it is up already, and must not miss that it is just being lowered.
    ///
    /// ```text
    ///           raise()
    ///  ---------------------------
    ///  condition =  |  take()
    ///  raise()      |  r1 = condition
    ///  ---------------------------
    ///       r2 = isRaised()
    /// ```
    @JCStressTest
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "one signal for two changes")
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "seen, and it will look in vain")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "not seen yet, it will look again")
    @Outcome(expect = FORBIDDEN, desc = "not seen, and nobody says so: it sleeps for ever")
    @State
    public static class Condition {
        private final Signal signal = new Signal();

        // set by who raises, read by who takes; volatile, as the fields of a call are, or guarded
        private volatile boolean condition;

        /// Makes one that was raised for something else.
        public Condition() {
            signal.raise();
        }

        /// Changes the condition, and says so.
        @Actor
        public void change() {
            condition = true;
            signal.raise();
        }

        /// Takes the signal, and looks.
        @Actor
        public void look(ZZ_Result r) {
            var _ = signal.take();
            r.r1 = condition;
        }

        /// Whether the waiter would look again.
        @Arbiter
        public void later(ZZ_Result r) {
            r.r2 = signal.isRaised();
        }
    }

    /// One who sleeps is woken, and not by its deadline.
    ///
    /// ```text
    ///  raise()  |  r1 = await(), long before the deadline
    /// ```
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "woken, or not asleep yet")
    @Outcome(id = "false", expect = FORBIDDEN, desc = "slept through it")
    @State
    public static class Await {
        private static final Duration LONG = Duration.ofSeconds(10);

        private final Signal signal = new Signal();

        /// Raises it.
        @Actor
        public void raise() {
            signal.raise();
        }

        /// Sleeps, and tells by the clock whether the raise or the deadline has ended that.
        @Actor
        public void await(Z_Result r) {
            var early = Deadline.in(LONG.dividedBy(2));
            try {
                r.r1 = signal.await(Deadline.in(LONG)) && !early.isOver();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts this", e);
            }
        }
    }
}
