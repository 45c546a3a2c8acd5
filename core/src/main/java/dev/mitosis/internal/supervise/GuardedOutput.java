package dev.mitosis.internal.supervise;

import dev.mitosis.Output;
import java.util.concurrent.atomic.AtomicBoolean;

/// The output of a pool, which may throw what it likes: it is complained of once, and gets the next
/// line all the same. A worker whose output nobody reads would block.
final class GuardedOutput implements Output {
    private final Output output;
    private final AtomicBoolean complained = new AtomicBoolean();

    GuardedOutput(Output output) {
        this.output = output;
    }

    @Override
    public void line(int worker, boolean error, String line) {
        try {
            output.line(worker, error, line);
        } catch (RuntimeException | Error e) {
            if (complained.compareAndSet(false, true)) {
                System.getLogger("dev.mitosis").log(System.Logger.Level.WARNING,
                        "the pool's output threw; a line was lost, as will be others without"
                                + " another word if it goes on", e);
            }
        }
    }
}
