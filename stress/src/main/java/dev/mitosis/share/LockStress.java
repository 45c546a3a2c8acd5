package dev.mitosis.share;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.mitosis.Backend;
import dev.mitosis.Pool;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// Two threads add to what a lock in shared memory guards: one at a time is inside, and sees what
/// was done before. The lock is the same for all states; who does not get it soon waits in its
/// room.
///
/// ```text
///  lock(); r1 = am I alone?  |  lock(); r2 = am I alone?
///  unlock()                  |  unlock()
/// ```
@JCStressTest
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "one after the other")
@Outcome(expect = FORBIDDEN, desc = "both were inside, or one saw what the other had undone")
@State
public class LockStress {
    @SuppressWarnings("MustBeClosedChecker") // ends with this JVM, which runs nothing else
    private static final Pool POOL = Pool.open(config -> config.withBackend(Backend.inline()));
    private static final SharedLock LOCK = Hosted.lock(POOL);

    private static int inside; // guarded by the lock

    /// One.
    @Actor
    public void one(ZZ_Result r) {
        r.r1 = isAlone();
    }

    /// The other.
    @Actor
    public void other(ZZ_Result r) {
        r.r2 = isAlone();
    }

    private static boolean isAlone() {
        LOCK.lock();
        try {
            inside++;
            boolean alone = inside == 1;
            inside--;
            return alone && inside == 0;
        } finally {
            LOCK.unlock();
        }
    }
}
