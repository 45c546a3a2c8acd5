package dev.mitosis.internal.supervise;

import dev.mitosis.PoolConfig;
import dev.mitosis.internal.codec.ByteSource;
import dev.mitosis.internal.codec.ValueReader;
import dev.mitosis.internal.launch.ClassBytes;
import dev.mitosis.internal.link.Bell;
import dev.mitosis.internal.link.Control;
import dev.mitosis.internal.link.ControlChannel;
import dev.mitosis.internal.link.CorruptLinkException;
import dev.mitosis.internal.link.Welcome;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.Crew.Traffic;
import dev.mitosis.spi.CrewListener.Death;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Talks to one worker after another: from its launch to its last message.
final class Greeter {
    private final Supervisor supervisor;
    private final ClassBytes classes;
    private final PoolConfig config;
    private final Resources resources;
    private final OutOfMemoryKills kills = OutOfMemoryKills.here();
    private final List<byte[]> onboarding = new CopyOnWriteArrayList<>();
    private final LongAdder bytesSent = new LongAdder();
    private final LongAdder bytesReceived = new LongAdder();
    private final LongAdder starts = new LongAdder();

    // set before the first start
    private List<byte[]> initializers = List.of();
    private List<byte[]> finalizers = List.of();

    Greeter(Supervisor supervisor, ClassBytes classes, PoolConfig config, Resources resources) {
        this.supervisor = supervisor;
        this.classes = classes;
        this.config = config;
        this.resources = resources;
    }

    void initializer(byte[] function) {
        initializers = List.of(function);
    }

    void finalizer(byte[] function) {
        finalizers = List.of(function);
    }

    /// {@return how many functions every worker runs first from now on}
    int onboard(byte[] function) {
        onboarding.add(function);
        return onboarding.size();
    }

    Traffic traffic() {
        return new Traffic(bytesSent.sum(), bytesReceived.sum(), starts.sum());
    }

    /// Starts a process, and has its sockets awaited; on the supervisor's thread.
    WorkerProcess launch(LinkServer.Start start) throws IOException {
        var terms = new WorkerProcess.Terms(
                config, resources.temp(), List.copyOf(onboarding), supervisor::post);
        var memory = LinkFile.create(resources.memoryFile(start));
        Process process;
        var arrival = resources.server().expect(start);
        try {
            process = resources.launch(start);
        } catch (IOException e) {
            memory.close();
            resources.server().forget(start);
            throw e;
        }
        starts.increment();
        var worker = new WorkerProcess(start, process, memory, terms);
        var _ = process.onExit().thenAccept(ended ->
                supervisor.post(worker, new WorkerEvent.Exited(ended.exitValue())));
        var _ = arrival.thenAccept(sockets ->
                Thread.ofVirtual().name("mitosis-control-" + start.seat())
                        .start(() -> serve(worker, sockets)));
        return worker;
    }

    /// Reads what a worker says until it is gone; on a virtual thread of its own.
    private void serve(WorkerProcess worker, LinkServer.Arrival sockets) {
        try (var channel = new ControlChannel(sockets.control())) {
            connect(worker, channel, sockets);
            while (true) {
                hear(worker, channel.receive());
            }
        } catch (IOException e) {
            // the worker is gone, or talks nonsense: either way it is not to be talked to
            supervisor.post(worker, new WorkerEvent.FellSilent());
        }
    }

    private void connect(
            WorkerProcess worker, ControlChannel channel, LinkServer.Arrival sockets)
            throws IOException {
        var hello = channel.receive();
        if (hello.get() != Control.HELLO) {
            throw new IOException("a worker did not say hello");
        }
        var bell = new Bell(sockets.bellDown(), sockets.bellUp());
        var sender = new ControlSender(channel, "mitosis-sender-" + worker.seat, () ->
                worker.kill("was killed, since it stopped reading its control socket"));
        var memory = worker.memory().memory();
        var link = new SeatLink(memory, bell, worker.pid(), bytesSent);
        var replies = new Replies(
                memory.replyReader(), link, bytesReceived, supervisor.buffers());
        var pump = new Pump("mitosis-pump-" + worker.seat, link, replies, corrupt ->
                drained(worker, corrupt));
        worker.connect(new WorkerProcess.Connection(channel, bell, sender, link, pump));
        supervisor.post(worker, new WorkerEvent.Arrived());
        var functions = new ArrayList<byte[]>(initializers);
        functions.addAll(worker.onboarding());
        worker.send(new Welcome(initializers.size(), functions, finalizers).toMessage());
    }

    private void drained(WorkerProcess worker, @Nullable CorruptLinkException corrupt) {
        if (corrupt != null) {
            worker.kill("was killed, since it sent what cannot be: " + corrupt.getMessage());
        }
        supervisor.post(worker, new WorkerEvent.RingDrained());
    }

    private void hear(WorkerProcess worker, ByteBuffer message) throws IOException {
        try {
            understand(worker, message);
        } catch (BufferUnderflowException e) {
            throw new IOException("a worker sent a message that is too short", e);
        }
    }

    private void understand(WorkerProcess worker, ByteBuffer message) throws IOException {
        switch (message.get()) {
            case Control.READY -> worker.saidReady(message.getInt());
            case Control.FAILED -> worker.saidFailed(failure(message));
            case Control.EXITING -> worker.saidExit();
            case Control.LEFT -> supervisor.post(worker, new WorkerEvent.SaidLeft());
            case Control.WORN -> supervisor.worn(worker);
            case Control.DUMPED -> worker.dumped(message);
            case Control.WANTED -> answer(worker, message);
            default -> throw new IOException("a worker sent a message of no known type");
        }
    }

    private static Throwable failure(ByteBuffer message) throws IOException {
        byte[] record = new byte[message.remaining()];
        message.get(record);
        var loader = ClassLoader.getSystemClassLoader();
        return new ValueReader(ByteSource.of(Bytes.of(record)), loader, null).readFailure();
    }

    private void answer(WorkerProcess worker, ByteBuffer message) throws IOException {
        int number = message.getInt();
        byte[] found = classes.find(StandardCharsets.UTF_8.decode(message).toString());
        int size = found == null ? 0 : found.length;
        var answer = ControlChannel.message(Control.CLASS, 5 + size)
                .putInt(number).put((byte) (found == null ? 0 : 1));
        worker.send(found == null ? answer : answer.put(found));
    }

    // -- last words --------------------------------------------------------------------------

    /// Tells why a worker never became ready.
    String startFailure(WorkerProcess worker, int status) {
        var lines = worker.lastLines();
        var failure = worker.initializerFailure();
        var cause = failure != null ? "its initializer threw " + failure
                : cause(worker, status, lines);
        return "worker " + worker.seat + " (process " + worker.pid() + "): " + cause
                + (lines.isEmpty() ? "" : "; it printed:\n  " + String.join("\n  ", lines));
    }

    Death death(WorkerProcess worker, int status, long running) {
        var lines = worker.lastLines();
        var crash = CrashReport.find(worker.temp(), worker.pid());
        return new Death(worker.pid(), running, OptionalInt.of(status),
                cause(worker, status, lines), crash == null ? null : crash.frame(),
                crash == null ? null : crash.file(), lines);
    }

    private String cause(WorkerProcess worker, int status, List<String> lines) {
        var ours = worker.killedWhy();
        if (ours != null) {
            return ours;
        }
        var facts = new ExitCause.Facts(status, worker.hasSaidExit(), resources.heap(), lines);
        return ExitCause.describe(facts, status == ExitCause.SIGKILLED ? kills.news() : 0);
    }
}
