package dev.mitosis.internal.call;

import dev.mitosis.CallInterruptedException;
import org.jspecify.annotations.Nullable;

/// Takes the items of one call from its input, as far as there is room; one thread a call.
final class Feeder implements Runnable {
    /// What came of a step.
    enum Step {
        /// A batch was taken.
        TAKEN,

        /// There is no room for one now.
        FULL,

        /// Nothing more will be taken.
        ENDED
    }

    private final Call call;
    private final Input input;
    private final int most; // items in a batch

    // set at the start, read by whoever ends the call
    private volatile @Nullable Thread thread;

    Feeder(Call call, Input input) {
        this.call = call;
        this.input = input;
        this.most = most(call, input);
    }

    /// A chunk size bounds a frame, and in a fold also the block that has one outcome, fails and
    /// is tried again as a whole; a batch of several frames would be one such block.
    private static int most(Call call, Input input) {
        int chunk = call.options().chunkSize();
        return chunk == 0 || input.hasFrames() && !call.isFold() ? Integer.MAX_VALUE : chunk;
    }

    /// Starts feeding on a virtual thread of the call's own.
    void start() {
        thread = Thread.ofVirtual().name("mitosis-feeder-" + call.queue().job().call())
                .start(this);
    }

    /// Makes a feeder that is blocked in the user's input come back.
    void interrupt() {
        var blocked = thread;
        if (blocked != null) {
            blocked.interrupt();
        }
    }

    @Override
    public void run() {
        try {
            for (Step last; (last = step()) != Step.ENDED; ) {
                if (last == Step.FULL) {
                    call.room().await();
                }
            }
        } catch (InterruptedException e) {
            call.endInput(new CallInterruptedException("the thread that pulls the input of a call"
                    + " was interrupted, by the input itself")); // else the call has ended already
            call.room().raise();
        }
    }

    /// Takes a batch, if there is room for one.
    Step step() {
        int wanted = call.wanted(input.left());
        if (wanted <= 0) {
            return wanted == 0 ? Step.FULL : Step.ENDED;
        }
        Input.Cut cut;
        try {
            cut = input.cut(Math.min(wanted, most));
        } catch (Throwable e) {
            call.endInput(e);
            return Step.ENDED;
        }
        if (cut == null) {
            call.endInput(null);
            return Step.ENDED;
        }
        call.take(cut);
        return Step.TAKEN;
    }
}
