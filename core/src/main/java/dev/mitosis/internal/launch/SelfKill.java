package dev.mitosis.internal.launch;

import java.io.IOException;

/// A SIGKILL for this very process, sent by another.
public final class SelfKill {
    private SelfKill() {}

    /// Starts the process that kills this one; where there is no shell nothing happens.
    public static void start() {
        var command = "kill -9 " + ProcessHandle.current().pid();
        try {
            new ProcessBuilder("sh", "-c", command).start();
        } catch (IOException e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.DEBUG, "no shell", e);
        }
    }
}
