package dev.mitosis.internal.supervise;

import dev.mitosis.internal.Credits;
import dev.mitosis.internal.link.Control;
import dev.mitosis.internal.link.ControlChannel;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Tells a worker that messages of its items were heard, many at a time.
final class Heard implements Runnable {
    private final Consumer<ByteBuffer> worker;
    private final AtomicInteger untold = new AtomicInteger();

    /// Makes one.
    ///
    /// @param worker takes control messages
    Heard(Consumer<ByteBuffer> worker) {
        this.worker = worker;
    }

    /// Counts one that was heard.
    @Override
    public void run() {
        if (untold.incrementAndGet() % Credits.SHARE == 0) {
            worker.accept(ControlChannel.message(Control.HEARD, 4).putInt(Credits.SHARE));
        }
    }
}
