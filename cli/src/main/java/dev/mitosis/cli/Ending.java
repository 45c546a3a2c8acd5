package dev.mitosis.cli;

/// Whether this process is ending already, for example by Ctrl-C.
///
/// Then whatever fails has been ended with it, workers included, and is no news to anybody.
final class Ending {
    private Ending() {}

    /// Asks by the one way there is: an ending process takes no more hooks. A hook that sets a flag
    /// would be one among others, and might run after the failures that it is to silence.
    static boolean hasBegun() {
        var probe = new Thread();
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
