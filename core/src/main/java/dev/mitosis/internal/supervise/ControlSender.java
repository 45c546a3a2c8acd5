package dev.mitosis.internal.supervise;

import dev.mitosis.internal.link.ControlChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/// Sends messages to a worker without ever waiting for it; one that does not read is found out.
final class ControlSender {
    private static final int MOST = 1_024;

    private final ControlChannel channel;
    private final Runnable overflow;
    private final ArrayBlockingQueue<ByteBuffer> queue = new ArrayBlockingQueue<>(MOST);
    private final Thread thread;

    /// Makes a sender and its thread.
    ///
    /// @param channel where to
    /// @param overflow told when the worker has not read for so long that the queue is full
    ControlSender(ControlChannel channel, String name, Runnable overflow) {
        this.channel = channel;
        this.overflow = overflow;
        this.thread = Thread.ofVirtual().name(name).start(this::run);
    }

    void send(ByteBuffer message) {
        if (!queue.offer(message)) {
            overflow.run();
        }
    }

    void stop() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                channel.send(queue.take());
            }
        } catch (InterruptedException e) {
            // stopped: the worker is gone
        } catch (IOException e) {
            // the worker is gone: whoever reads from it will say so
        }
    }
}
