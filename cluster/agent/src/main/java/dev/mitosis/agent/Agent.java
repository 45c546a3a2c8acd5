package dev.mitosis.agent;

import java.io.IOException;

/// Runs frames on a node: the one method that an engine calls.
///
/// There is one in each of the engine's JVMs. It keeps a [Host] for each pool that has work here,
/// and what pools have sent for those; both end with this JVM. Used by many threads at once.
public final class Agent {
    private static final Hosts HOSTS = new Hosts(); // the engine knows no other place for it

    private Agent() {}

    /// Handles a frame; waits until it is through, which can be interrupted: that ends the work.
    ///
    /// Nothing that goes wrong is thrown but the interrupt, since engines differ in what they do
    /// with exceptions: a [Reply] says it.
    ///
    /// @param frame the bytes of a [Frame], in one piece or as it has them
    /// @return the bytes of a [Reply]
    /// @throws InterruptedException if the engine cancels it
    public static byte[] handle(byte[]... frame) throws InterruptedException {
        try {
            var read = Frame.of(frame);
            return switch (read.kind()) {
                case HELLO -> Reply.done(NodeFacts.here().toBytes()).toBytes();
                case RUN -> HOSTS.run(read);
                case END -> HOSTS.end(read.session()).toBytes();
            };
        } catch (IOException e) {
            return Reply.refused(e.getMessage() == null ? e.toString() : e.getMessage()).toBytes();
        }
    }
}
