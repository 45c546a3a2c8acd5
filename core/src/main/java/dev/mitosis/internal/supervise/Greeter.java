package dev.mitosis.internal.supervise;

import dev.mitosis.PoolConfig;
import dev.mitosis.internal.codec.ResultFilter;
import dev.mitosis.internal.launch.ClassBytes;
import dev.mitosis.internal.link.Bell;
import dev.mitosis.internal.link.Control;
import dev.mitosis.internal.link.ControlChannel;
import dev.mitosis.internal.link.CorruptLinkException;
import dev.mitosis.internal.link.Welcome;
import dev.mitosis.spi.Crew.Traffic;
import dev.mitosis.spi.CrewListener.Death;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Talks to one worker after another: from its launch to its last message.
final class Greeter {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    // All is there to be read when a process has exited, unless another has inherited it; what
    // takes time is the threads that read it, on a busy machine. Lines go to foreign code.
    private static final Duration HEARING = Duration.ofSeconds(2);
    private static final Duration LAST_WORDS = Duration.ofMillis(500);
    private static final Duration INHERITED = Duration.ofMillis(50);

    private final Supervisor supervisor;
    private final ClassBytes classes;
    private final PoolConfig config;
    private final Resources resources;
    private final ObjectInputFilter filter;
    private final GuardedOutput output;
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
        this.filter = ResultFilter.of(config);
        this.output = new GuardedOutput(config.output());
    }

    /// Has each worker run functions first and last.
    void functions(List<byte[]> first, List<byte[]> last) {
        initializers = first;
        finalizers = last;
    }

    /// {@return how many functions every worker runs first from now on}
    int onboard(byte[] function) {
        onboarding.add(function);
        return onboarding.size();
    }

    /// Puts another function in the place of one of those, for workers that have not arrived yet.
    void retract(int number, byte[] instead) {
        onboarding.set(number - 1, instead);
    }

    Traffic traffic() {
        return new Traffic(bytesSent.sum(), bytesReceived.sum(), starts.sum());
    }

    /// Starts a process, and has its sockets awaited; on the supervisor's thread.
    WorkerProcess launch(LinkServer.Start start) throws IOException {
        var terms = new WorkerProcess.Terms(
                config, output, resources.temp(), onboarding.size(), supervisor::post);
        var memory = LinkFile.create(resources.memoryFile(start));
        var arrival = resources.server().expect(start);
        Process process = null;
        try {
            process = resources.launch(start);
            starts.increment();
            return attend(new WorkerProcess(start, process, memory, terms), arrival);
        } catch (IOException | RuntimeException | Error e) {
            if (process != null) {
                Strays.killTree(process);
            }
            memory.close();
            resources.server().forget(start);
            throw e;
        }
    }

    private WorkerProcess attend(
            WorkerProcess worker, CompletableFuture<LinkServer.Arrival> arrival) {
        worker.guest().whenItCalls(supervisor.listener()::calls);
        Thread.ofPlatform().daemon().name("mitosis-exit-" + worker.seat)
                .start(() -> awaitExit(worker, arrival));
        var _ = arrival.thenAccept(sockets -> haveServed(worker, sockets));
        return worker;
    }

    private void haveServed(WorkerProcess worker, LinkServer.Arrival sockets) {
        try {
            Thread.ofVirtual().name("mitosis-control-" + worker.seat)
                    .start(() -> serve(worker, sockets));
        } catch (RuntimeException | Error e) {
            worker.silence().falls();
            unserved(worker, e);
        }
    }

    /// Nobody hears it any more, and it may not be the one to blame.
    private static void unserved(WorkerProcess worker, Throwable why) {
        worker.kill("was killed, since what it says cannot be heard: " + why);
    }

    /// Learns of a process's exit; on a thread of its own.
    ///
    /// It is tempting to use [Process#onExit]. But that completes on the common pool: whose threads
    /// may all be waiting, in verbs of this very pool, for what becomes of a worker that has died.
    ///
    /// What it said last, and what it printed, is read before anybody is told: it may be why it
    /// ended.
    private void awaitExit(WorkerProcess worker, CompletableFuture<LinkServer.Arrival> arrival) {
        int status = ChildProcess.statusOf(worker.process);
        worker.guest().gone(); // before another is told of the death
        if (arrival.isDone()) {
            worker.silence().await(HEARING);
        }
        if (!worker.hasSaidLeft() || supervisor.closing().hasBegun()) { // else nobody asks for it
            awaitOutput(worker);
        }
        supervisor.post(worker, new WorkerEvent.Exited(status));
    }

    private void awaitOutput(WorkerProcess worker) {
        if (!worker.awaitOutput(INHERITED)) {
            supervisor.outlived(worker);
            worker.awaitOutput(LAST_WORDS);
        }
    }

    /// Reads what a worker says until it is gone; on a virtual thread of its own.
    private void serve(WorkerProcess worker, LinkServer.Arrival sockets) {
        try (var channel = new ControlChannel(sockets.control())) {
            connect(worker, channel, sockets);
            while (true) {
                hear(worker, WorkerMessage.of(channel.receive(), filter));
            }
        } catch (ProtocolException e) {
            worker.kill("was killed, since it sent what cannot be: " + e.getMessage());
        } catch (IOException e) {
            supervisor.post(worker, new WorkerEvent.FellSilent()); // it is gone
        } catch (RuntimeException | Error e) { // such as for a full heap, or as there is no thread
            unserved(worker, e);
        } finally {
            worker.silence().falls();
        }
    }

    private void connect(
            WorkerProcess worker, ControlChannel channel, LinkServer.Arrival sockets)
            throws IOException {
        var hello = channel.receive();
        if (hello.get() != Control.HELLO) {
            throw new ProtocolException("no hello");
        }
        var bell = new Bell(sockets.bellDown(), sockets.bellUp());
        var sender = new ControlSender(channel, "mitosis-sender-" + worker.seat, PATIENCE, () ->
                worker.kill("was killed, since it stopped reading its control socket"));
        var memory = worker.memory().memory();
        var link = new SeatLink(memory, bell, worker.pid(), bytesSent);
        var replies = new Replies(
                memory.replyReader(), link, bytesReceived, supervisor.buffers(),
                new Heard(worker::send));
        var pump = new Pump("mitosis-pump-" + worker.seat, link, replies, corrupt ->
                drained(worker, corrupt));
        worker.connect(new WorkerProcess.Connection(channel, bell, sender, link, pump));
        supervisor.post(worker, new WorkerEvent.Arrived());
        var functions = new ArrayList<byte[]>(initializers);
        onboarding.stream().limit(worker.toOnboard()).forEach(functions::add);
        // Here, and not by its sender: they may be many and large. One that does not read them is
        // one that does not start in time.
        new Welcome(initializers.size(), functions, finalizers).send(channel::send);
    }

    private void drained(WorkerProcess worker, @Nullable CorruptLinkException corrupt) {
        if (corrupt != null) {
            worker.kill("was killed, since it sent what cannot be: " + corrupt.getMessage());
        }
        supervisor.post(worker, new WorkerEvent.RingDrained());
    }

    private void hear(WorkerProcess worker, WorkerMessage message) throws IOException {
        switch (message) {
            case WorkerMessage.Ready(int onboarded) -> worker.saidReady(onboarded);
            case WorkerMessage.Failed(var failure) -> worker.saidFailed(failure);
            case WorkerMessage.Exiting() -> worker.saidExit();
            case WorkerMessage.Left() -> worker.saidLeft();
            case WorkerMessage.Worn() -> supervisor.worn(worker);
            case WorkerMessage.Fetched(long bytes) -> bytesSent.add(bytes);
            case WorkerMessage.Called(int number, var call) -> worker.guest().call(number, call);
            case WorkerMessage.Stopped(int number) -> worker.guest().stop(number);
            case WorkerMessage.Dumped(int number, var text) -> worker.dumped(number, text);
            case WorkerMessage.Wanted(int number, var name) ->
                    worker.answer(ClassAnswer.of(classes, number, name));
        }
    }

    // -- last words --------------------------------------------------------------------------

    /// Tells why a worker never became ready.
    String startFailure(WorkerProcess worker, int status) {
        var who = "worker " + worker.seat + " (process " + worker.pid() + "): ";
        try {
            return who + whyNotReady(worker, status);
        } catch (RuntimeException | Error e) {
            return who + unknown(status, e);
        }
    }

    private String whyNotReady(WorkerProcess worker, int status) {
        var lines = worker.lastLines();
        var threw = worker.initializerThrew();
        return (threw != null ? "its initializer threw " + threw : cause(worker, status, lines))
                + (lines.isEmpty() ? "" : "; it printed:\n  " + String.join("\n  ", lines));
    }

    Death death(WorkerProcess worker, int status, long running) {
        try {
            return report(worker, status, running);
        } catch (RuntimeException | Error e) {
            return new Death(worker.pid(), running, OptionalInt.of(status), unknown(status, e),
                    null, null, List.of());
        }
    }

    private Death report(WorkerProcess worker, int status, long running) {
        var lines = worker.lastLines();
        var crash = CrashReport.find(worker.temp(), worker.pid());
        return new Death(worker.pid(), running, OptionalInt.of(status),
                cause(worker, status, lines), crash == null ? null : crash.frame(),
                crash == null ? null : crash.file(), lines);
    }

    /// What cannot be told, as when this heap is full, must not keep anybody from learning that it
    /// has ended.
    private static String unknown(int status, Throwable trouble) {
        return "ended with exit status " + status + ", and why cannot be told: " + trouble;
    }

    private String cause(WorkerProcess worker, int status, List<String> lines) {
        var ours = worker.killedWhy();
        if (ours != null && (status == ExitCause.SIGKILLED || !ours.equals(Supervisor.SILENT))) {
            return ours;
        }
        var facts = new ExitCause.Facts(status, worker.hasSaidExit(), resources.heap(), lines);
        return ExitCause.describe(facts, status == ExitCause.SIGKILLED ? kills.news() : 0);
    }
}
