package dev.mitosis.internal.worker;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/// What a worker does when the user presses Ctrl-C or the terminal goes away: nothing.
///
/// The terminal sends these signals to all processes of the foreground; the parent decides.
final class WorkerSignals {
    private WorkerSignals() {}

    /// Not by reflection, which would take 5 ms of a worker's start. A runtime image that was made
    /// for a class path may lack the module of these classes.
    static void ignoreTerminal() {
        try {
            Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
            Signal.handle(new Signal("HUP"), SignalHandler.SIG_IGN);
        } catch (LinkageError | IllegalArgumentException e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.DEBUG,
                    "SIGINT and SIGHUP are not ignored", e);
        }
    }
}
