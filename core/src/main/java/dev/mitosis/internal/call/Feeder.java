package dev.mitosis.internal.call;

import dev.mitosis.CallInterruptedException;
import org.jspecify.annotations.Nullable;

/// Takes the items of one call from its input, as far as there is room; one thread a call.
final class Feeder implements Runnable {
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
            while (step()) {
                while (!hasRoom() && !isUnwanted()) {
                    call.room().await();
                }
            }
        } catch (InterruptedException e) {
            call.endInput(new CallInterruptedException("the thread that pulls the input of a call"
                    + " was interrupted, by the input itself")); // else the call has ended already
            call.room().raise();
        }
    }

    /// {@return whether a batch could be taken now}
    boolean hasRoom() {
        return call.wanted(input.left()) > 0;
    }

    /// {@return whether no more items are wanted}
    boolean isUnwanted() {
        return call.wanted(input.left()) < 0;
    }

    /// Takes a batch, if there is room for one.
    ///
    /// @return whether there may be more to take
    boolean step() {
        int wanted = call.wanted(input.left());
        if (wanted <= 0) {
            return wanted == 0;
        }
        Input.Cut cut;
        try {
            cut = input.cut(Math.min(wanted, most));
        } catch (Throwable e) {
            call.endInput(e);
            return false;
        }
        if (cut == null) {
            call.endInput(null);
            return false;
        }
        call.take(cut);
        return true;
    }
}
