package dev.mitosis.internal.worker;

import dev.mitosis.internal.Upstream;
import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.internal.codec.Functions;
import dev.mitosis.internal.codec.ValueWriter;
import dev.mitosis.internal.link.Control;
import dev.mitosis.internal.link.ControlChannel;
import dev.mitosis.internal.link.Message;
import dev.mitosis.internal.link.MessageReader;
import dev.mitosis.internal.link.MessageWriter;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// The main of a process of one function, which runs on the JVM's first thread.
///
/// The function comes by the socket that is a bell's for workers, and what became of it goes by
/// the other. Then this JVM ends as any does: after its threads that are no daemons, through its
/// shutdown hooks, and with exit status 1 and a stack trace if the function threw.
public final class ChildMain {
    private ChildMain() {}

    /// Runs the function.
    ///
    /// @param args none: all is in the environment, where others cannot read it
    /// @throws Throwable what the function throws
    public static void main(String[] args) throws Throwable {
        WorkerMain.becomeWorker();
        WorkerSignals.ignoreTerminal();
        var channel = ControlChannel.toParent(WorkerMain.connect(Control.ROLE_CONTROL));
        var results = WorkerMain.connect(Control.ROLE_BELL_UP);
        var functions = WorkerMain.connect(Control.ROLE_BELL_DOWN);
        channel.send(ControlChannel.message(Control.HELLO, 8)
                .putLong(ProcessHandle.current().pid()));
        var control = new ControlLoop(channel, new NoItems());
        Upstream.connect(control);
        Thread.ofPlatform().name("mitosis-control").daemon().start(control);
        ExitNotice.install(channel);
        var loader = new PullLoader(ClassLoader.getSystemClassLoader(), control);
        Thread.currentThread().setContextClassLoader(loader);

        var failure = run(new MessageReader(functions).next(), loader, results);
        if (failure != null) {
            throw failure;
        }
    }

    private static @Nullable Throwable run(
            @Nullable Message function, ClassLoader loader, SocketChannel results) {
        var sink = new ByteSink(1024);
        Throwable failure = null;
        try {
            if (function == null) {
                OrphanGuard.parentIsGone();
                return null;
            }
            var body = (Callable<?>) Functions.decode(function.body(), loader);
            new ValueWriter(sink).write(body.call());
        } catch (Throwable e) {
            failure = e;
            new ValueWriter(sink).writeFailure(e);
        }
        tell(results, Message.object(sink));
        return failure;
    }

    /// On another thread, which nobody knows: threads that the function has left behind may
    /// interrupt this one at any time, and that would close the socket.
    private static void tell(SocketChannel results, Message outcome) {
        var teller = Thread.ofVirtual().start(() -> write(results, outcome));
        boolean interrupted = false;
        while (teller.isAlive()) {
            try {
                teller.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(SocketChannel results, Message outcome) {
        try (results) {
            new MessageWriter(results).write(outcome);
        } catch (IOException e) {
            OrphanGuard.parentIsGone();
        }
    }

    /// There are none here, and the parent speaks of none.
    private record NoItems() implements ControlLoop.Items {
        @Override
        public void skip(long call, long index) {}

        @Override
        public void interrupt(long ticket) {}
    }
}
