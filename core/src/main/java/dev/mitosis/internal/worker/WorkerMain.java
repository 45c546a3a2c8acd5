package dev.mitosis.internal.worker;

import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.internal.codec.Functions;
import dev.mitosis.internal.codec.ValueWriter;
import dev.mitosis.internal.Upstream;
import dev.mitosis.internal.link.Bell;
import dev.mitosis.internal.link.Control;
import dev.mitosis.internal.link.ControlChannel;
import dev.mitosis.internal.link.LinkMemory;
import dev.mitosis.internal.link.Welcome;
import dev.mitosis.spi.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/// The main of a worker process: connects to its parent, says hello, and runs what it is given.
public final class WorkerMain {
    private final int seat = Integer.parseInt(variable(Control.SEAT));

    private final RunnerThread runner;

    // set at the beginning of main, read by pools that are opened here
    private static volatile boolean worker;

    private WorkerMain(RunnerThread runner) {
        this.runner = runner;
    }

    /// {@return whether this process is a worker}
    public static boolean isWorker() {
        return worker;
    }

    /// Says that this process is a worker; before any code of the user's runs.
    static void becomeWorker() {
        worker = true;
    }

    /// Starts the thread that runs until the parent asks to leave, or is gone.
    ///
    /// @param args none: all is in the environment, where others cannot read it
    public static void main(String[] args) {
        becomeWorker();
        new RunnerThread(WorkerMain::live).start();
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // standard error goes to the death report
    private static void live(RunnerThread runner) {
        int status = 1;
        try {
            status = new WorkerMain(runner).run();
        } catch (EOFException e) {
            OrphanGuard.parentIsGone();
        } catch (Throwable e) {
            e.printStackTrace();
        }
        // Not exit: hooks and threads that the tasks have left behind must not keep the process.
        Runtime.getRuntime().halt(status);
    }

    private int run() throws IOException {
        WorkerSignals.ignoreTerminal();
        var prints = Prints.install();
        var memory = LinkMemory.attach(Path.of(variable(Control.MEMORY)));
        var channel = ControlChannel.toParent(connect(Control.ROLE_CONTROL));
        var bell = new Bell(connect(Control.ROLE_BELL_UP), connect(Control.ROLE_BELL_DOWN));
        channel.send(ControlChannel.message(Control.HELLO, 8)
                .putLong(ProcessHandle.current().pid()));
        var welcome = Welcome.of(channel.receive(), channel);

        var interrupts = new Interrupts(memory, runner);
        var skips = new Skips();
        var control = new ControlLoop(channel, new LeasedItems(interrupts, skips));
        Upstream.connect(control);
        Thread.ofPlatform().name("mitosis-control").daemon().start(control);
        ExitNotice.install(channel);
        var loader = new PullLoader(ClassLoader.getSystemClassLoader(), control);
        runner.setContextClassLoader(loader);

        var link = new ParentLink(memory, bell, interrupts);
        var outbox = new RingOutbox(link, control, interrupts, skips, prints);
        if (!prepare(welcome, loader, channel)) {
            return 1;
        }
        new WorkerLoop(seat, link, outbox, loader).run();
        return leave(welcome, loader, channel);
    }

    /// Runs the initializer and what every worker is to run.
    private boolean prepare(Welcome welcome, ClassLoader loader, ControlChannel channel)
            throws IOException {
        try {
            runAll(welcome.functions(), loader);
        } catch (Throwable e) {
            tell(channel, failed(e));
            return false;
        }
        tell(channel, ControlChannel.message(Control.READY, 4)
                .putInt(welcome.functions().size() - welcome.initializers()));
        return true;
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // standard error goes to the pool's output
    private int leave(Welcome welcome, ClassLoader loader, ControlChannel channel)
            throws IOException {
        int status = 0;
        try {
            runAll(welcome.finalizers(), loader);
        } catch (Throwable e) {
            e.printStackTrace();
            status = 1;
        }
        tell(channel, ControlChannel.message(Control.LEFT, 0));
        return status;
    }

    /// Sends a message after user code has run, which may have left an interrupt behind, or threads
    /// that interrupt this one.
    private void tell(ControlChannel channel, ByteBuffer message) throws IOException {
        runner.deafen();
        try {
            channel.send(message);
        } finally {
            runner.listen(false);
        }
    }

    private static void runAll(List<byte[]> functions, ClassLoader loader) throws Exception {
        for (byte[] function : functions) {
            Onboarding.run(Functions.decode(Bytes.of(function), loader));
        }
    }

    private static ByteBuffer failed(Throwable failure) {
        var sink = new ByteSink(1024);
        new ValueWriter(sink).writeFailure(failure);
        int size = Math.toIntExact(sink.size());
        return sink.putInto(ControlChannel.message(Control.FAILED, size));
    }

    /// Connects to the parent, and says what for.
    static SocketChannel connect(byte role) throws IOException {
        var path = Path.of(variable(Control.SOCKET));
        var channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
        byte[] token = HexFormat.of().parseHex(variable(Control.TOKEN));
        var first = ByteBuffer.allocate(token.length + 9).put(token)
                .putInt(Integer.parseInt(variable(Control.SEAT)))
                .putInt(Integer.parseInt(variable(Control.START))).put(role).flip();
        while (first.hasRemaining()) {
            channel.write(first);
        }
        return channel;
    }

    private static String variable(String name) {
        var value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException("this is the main of Mitosis worker processes;"
                    + " it is started by a pool, which sets " + name);
        }
        return value;
    }
}
