package dev.mitosis.internal.link;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// A worker [Claims] the items 11 to 16, three at a time, while its parent takes back what it can:
/// what one side has the other has not.
///
/// ```text
///   11 12 13 | 14 15 16
///  r1 = claimed, two calls  |  r2 = taken back, one call
/// ```
@JCStressTest
@Outcome(id = "6, 0", expect = ACCEPTABLE, desc = "the worker had claimed all")
@Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "the parent came between two claims")
@Outcome(id = "0, 6", expect = ACCEPTABLE, desc = "the parent came first")
@Outcome(expect = FORBIDDEN, desc = "an item has both sides, or none")
@State
public class ClaimsStress {
    private static final long FIRST = 11;
    private static final int STRIDE = 3;
    private static final long END = FIRST + 2 * STRIDE;

    private final Claims claims = new Claims(ByteBuffer.allocateDirect(16), 0, 8);

    /// The worker.
    @Actor
    public void claim(II_Result r) {
        int claimed = claims.claim(FIRST, STRIDE);
        if (claimed == STRIDE) {
            claimed += claims.claim(FIRST + STRIDE, STRIDE);
        }
        r.r1 = claimed;
    }

    /// The parent.
    @Actor
    public void takeBack(II_Result r) {
        long from = claims.takeBack(FIRST, END);
        r.r2 = from < 0 ? 0 : (int) (END - from);
    }
}
