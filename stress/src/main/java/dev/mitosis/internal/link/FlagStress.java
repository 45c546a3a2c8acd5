package dev.mitosis.internal.link;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.foreign.Arena;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// A worker raises its [LinkMemory.Flag] and looks at the ring before it sleeps; its parent writes
/// to the ring and looks at the flag: at least one sees the other.
///
/// ```text
///  write, publish          |  raise()
///  full fence              |  r2 = is there something?
///  r1 = take(), rings then |  sleeps if not
/// ```
@JCStressTest
@Outcome(id = "true, false", expect = ACCEPTABLE, desc = "it sleeps, and its bell is rung")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "it does not sleep")
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "it does not sleep; a ring for nothing")
@Outcome(expect = FORBIDDEN, desc = "it sleeps, and nobody rings its bell")
@State
public class FlagStress {
    private final LinkMemory memory = new LinkMemory(
            Arena.global(), ByteBuffer.allocateDirect(LinkLayout.REQUEST_RING + 64));
    private final RingWriter writer = memory.requestWriter();
    private final RingReader reader = memory.requestReader();
    private final LinkMemory.Flag parents = memory.workerAsleep();
    private final LinkMemory.Flag workers = memory.workerAsleep();

    /// The parent.
    @Actor
    public void write(ZZ_Result r) {
        var _ = writer.writeRecord((byte) 1, 1, 9);
        writer.publish();
        VarHandle.fullFence();
        r.r1 = parents.take();
    }

    /// The worker.
    @Actor
    public void sleep(ZZ_Result r) {
        workers.raise();
        r.r2 = reader.available() > 0;
    }
}
