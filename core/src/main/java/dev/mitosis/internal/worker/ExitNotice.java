package dev.mitosis.internal.worker;

import dev.mitosis.internal.link.Control;
import dev.mitosis.internal.link.ControlChannel;
import java.io.IOException;

/// Tells the parent that somebody has called `System.exit`, as distinct from a halt or a crash.
final class ExitNotice {
    private ExitNotice() {}

    static void install(ControlChannel channel) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("mitosis-exit")
                .unstarted(() -> send(channel)));
    }

    private static void send(ControlChannel channel) {
        try {
            channel.send(ControlChannel.message(Control.EXITING, 0));
        } catch (IOException e) {
            OrphanGuard.parentIsGone();
        }
    }
}
