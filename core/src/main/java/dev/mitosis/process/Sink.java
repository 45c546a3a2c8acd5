package dev.mitosis.process;

import dev.mitosis.internal.link.Message;
import java.io.IOException;

/// Where messages go: to an inbox in this process, or into a socket.
interface Sink {
    /// Hands a message over; waits while there is no room. For many threads.
    ///
    /// @throws IOException if nobody takes messages there any more
    /// @throws InterruptedException if this thread is interrupted; the message may still arrive
    void put(Message message) throws IOException, InterruptedException;

    /// Says that no message comes after those; the first reason counts.
    void end(End why);
}
