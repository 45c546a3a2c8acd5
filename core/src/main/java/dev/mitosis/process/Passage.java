package dev.mitosis.process;

import dev.mitosis.internal.link.Message;
import java.io.IOException;

/// Passes on what the process that has an end now sends by it.
///
/// @param end the original of that end
record Passage(Conversation end) implements Sink {
    @Override
    public void put(Message message) throws IOException, InterruptedException {
        end.outlet().put(message);
    }

    /// That process has closed the end, or is gone: who sends to it learns that, too.
    @Override
    public void end(End why) {
        end.outlet().end(why);
        end.inbox().discard();
    }
}
