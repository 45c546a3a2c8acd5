package dev.mitosis.internal.worker;

/// What a worker does when the user presses Ctrl-C or the terminal goes away: nothing.
///
/// The terminal sends these signals to all processes of the foreground; the parent decides.
final class WorkerSignals {
    private WorkerSignals() {}

    static void ignoreTerminal() {
        ignore("INT");
        ignore("HUP");
    }

    /// By reflection: the class is in jdk.unsupported, which a runtime image may lack.
    private static void ignore(String name) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var ignore = handler.getField("SIG_IGN").get(null);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ignore);
        } catch (ReflectiveOperationException e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.DEBUG,
                    "SIG{0} is not ignored: {1}", name, e);
        }
    }
}
