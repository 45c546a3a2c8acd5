package dev.mitosis.internal.supervise;

import dev.mitosis.internal.link.Bell;
import dev.mitosis.internal.link.CorruptLinkException;
import dev.mitosis.internal.link.LinkMemory;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The thread that serves one worker's rings: takes outcomes out, writes what did not fit in.
///
/// It never decodes anything and runs no user code.
final class Pump implements Runnable {
    private static final long SPIN_NANOS = 10_000;

    private final SeatLink link;
    private final Replies replies;
    private final LinkMemory.Flag asleep;
    private final LinkMemory.Flag replyWanted;
    private final Consumer<@Nullable CorruptLinkException> ended;
    private final Thread thread;

    Pump(String name, SeatLink link, Replies replies, Consumer<@Nullable CorruptLinkException> ended) {
        this.link = link;
        this.replies = replies;
        this.ended = ended;
        asleep = link.memory().parentAsleep();
        replyWanted = link.memory().replyWanted();
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this);
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        CorruptLinkException corrupt = null;
        try {
            boolean alive;
            do {
                alive = step();
            } while (alive);
            replies.drain();
        } catch (CorruptLinkException e) {
            corrupt = e;
        }
        ended.accept(corrupt);
    }

    /// Does what there is to do, or sleeps until there is something.
    ///
    /// @return false when the other side is gone
    private boolean step() {
        try {
            if (work() || link.isBusy() && Bell.spin(this::work, SPIN_NANOS)) {
                return true;
            }
            asleep.raise();
            if (work()) {
                asleep.lower();
                return true;
            }
            boolean rung = link.bell().sleep();
            asleep.lower();
            return rung;
        } catch (IOException e) {
            return false; // the bell is closed, or the worker is gone
        }
    }

    private boolean work() {
        try {
            boolean drained = replies.drain() > 0;
            VarHandle.fullFence(); // released above, looked at below
            if (drained && replyWanted.take()) {
                link.bell().ring();
            }
            return link.flush() || drained;
        } catch (IOException e) {
            return false; // the worker is gone: the bell says so next
        }
    }
}
