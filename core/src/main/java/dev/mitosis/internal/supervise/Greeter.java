package dev.mitosis.internal.supervise;

import dev.mitosis.PoolConfig;
import dev.mitosis.internal.codec.ByteSource;
import dev.mitosis.internal.codec.ValueReader;
import dev.mitosis.internal.launch.ClassBytes;
import dev.mitosis.internal.link.Bell;
import dev.mitosis.internal.link.Control;
import dev.mitosis.internal.link.ControlChannel;
import dev.mitosis.internal.link.LinkMemory;
import dev.mitosis.internal.link.Welcome;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.CrewListener.Death;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.LongAdder;

/// Talks to one worker after another: from its launch to its last message.
final class Greeter {
    private final Supervisor supervisor;
    private final ClassBytes classes;
    private final LongAdder bytesSent;
    private final LongAdder bytesReceived;
    private final String heap;

    Greeter(Supervisor supervisor, ClassBytes classes, LongAdder bytesSent,
            LongAdder bytesReceived, String heap) {
        this.heap = heap;
        this.supervisor = supervisor;
        this.classes = classes;
        this.bytesSent = bytesSent;
        this.bytesReceived = bytesReceived;
    }

    static String heap(PoolConfig config) {
        return config.heap() == 0 ? "its share" : (config.heap() >> 20) + "m";
    }

    /// Starts a process, and has its sockets awaited; on the supervisor's thread.
    WorkerProcess launch(LinkServer.Start start, PoolConfig config, Resources resources)
            throws IOException {
        var terms = new WorkerProcess.Terms(
                config, resources.temp(), List.copyOf(supervisor.onboarding()));
        var memory = LinkMemory.create(resources.memoryFile(start));
        Process process;
        var arrival = resources.server().expect(start);
        try {
            process = resources.launch(start);
        } catch (IOException e) {
            memory.close();
            resources.server().forget(start);
            java.nio.file.Files.deleteIfExists(resources.memoryFile(start));
            throw e;
        }
        var worker = new WorkerProcess(start, process, memory, terms);
        var _ = process.onExit().thenAccept(ended ->
                supervisor.post(() -> supervisor.exited(worker, ended.exitValue())));
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
            supervisor.post(() -> supervisor.silent(worker));
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
        worker.connect(channel, bell, sender);
        var link = new SeatLink(worker.memory, bell, worker.pid(), bytesSent);
        var replies = new Replies(worker.memory.replyReader(), link, bytesReceived,
                supervisor.buffers());
        var pump = new Pump("mitosis-pump-" + worker.seat, link, replies, corrupt ->
                supervisor.post(() -> supervisor.drained(worker, corrupt)));
        supervisor.post(() -> supervisor.arrived(worker, link, pump));
        var functions = new ArrayList<byte[]>(supervisor.initializers());
        int initializers = functions.size();
        functions.addAll(worker.onboarding);
        worker.send(new Welcome(initializers, functions, supervisor.finalizers()).toMessage());
    }

    private void hear(WorkerProcess worker, ByteBuffer message) throws IOException {
        switch (message.get()) {
            case Control.READY -> {
                int onboarded = message.getInt();
                supervisor.post(() -> supervisor.ready(worker, onboarded));
            }
            case Control.FAILED -> worker.initializerFailure = failure(message);
            case Control.EXITING -> worker.saidExit = true;
            case Control.LEFT -> worker.saidLeft = true;
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
        var failure = worker.initializerFailure;
        var cause = failure != null ? "its initializer threw " + failure
                : cause(worker, status, lines);
        return "worker " + worker.seat + " (process " + worker.pid() + "): " + cause
                + (lines.isEmpty() ? "" : "; it printed:\n  " + String.join("\n  ", lines));
    }

    Death death(WorkerProcess worker, int status, long running) {
        var lines = worker.lastLines();
        var crash = CrashReport.find(worker.temp, worker.pid());
        return new Death(worker.pid(), running, OptionalInt.of(status),
                cause(worker, status, lines), crash == null ? null : crash.frame(),
                crash == null ? null : crash.file(), lines);
    }

    private String cause(WorkerProcess worker, int status, List<String> lines) {
        return ExitCause.describe(status, worker.killedWhy, worker.saidExit, heap, lines);
    }
}
