package dev.mitosis.testing;

import java.util.Arrays;
import java.util.concurrent.Callable;

/// Waits in hosted objects that the test knows of, in whatever process they are.
public final class Waits {
    private Waits() {}

    /// Makes a call that waits; at the gate arrives who it is as soon as this thread does.
    ///
    /// @param <R> the type of the result
    /// @param method the hosted method that it waits in
    /// @param door of the test's gate
    /// @param name who waits
    /// @param call the call
    /// @return its result
    /// @throws Exception what it throws
    public static <R> R in(String method, Gate.Door door, Object name, Callable<R> call) throws Exception {
        var thread = Thread.currentThread();
        Thread.ofPlatform().daemon().name("tells").start(() -> {
            await(thread, method);
            door.passUnchecked(name);
        });
        return call.call();
    }

    /// Waits until a thread of this process waits in a hosted object.
    ///
    /// @param thread the thread
    /// @param method the hosted method
    public static void await(Thread thread, String method) {
        Eventually.holds(thread + " waits in " + method, () -> isIn(thread, method));
    }

    private static boolean isIn(Thread thread, String method) {
        var state = thread.getState();
        return (state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING)
                && Arrays.stream(thread.getStackTrace()).anyMatch(frame -> isHosted(frame, method));
    }

    private static boolean isHosted(StackTraceElement frame, String method) {
        return frame.getMethodName().equals(method) && frame.getClassName().contains("$Proxy");
    }

    /// Waits until somebody waits, whom the gate lets go.
    ///
    /// @param gate the test's gate
    /// @param name who waits
    /// @return the process of the one who waits
    public static long processOf(Gate gate, Object name) {
        var visitor = gate.arrivalOf(name);
        visitor.release();
        return visitor.pid();
    }
}
