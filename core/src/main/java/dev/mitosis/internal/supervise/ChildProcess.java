package dev.mitosis.internal.supervise;

import dev.mitosis.PoolConfig;
import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.internal.codec.ResultFilter;
import dev.mitosis.internal.hosting.Guest;
import dev.mitosis.internal.launch.ClassBytes;
import dev.mitosis.internal.launch.Machine;
import dev.mitosis.internal.link.Control;
import dev.mitosis.internal.link.ControlChannel;
import dev.mitosis.internal.link.Message;
import dev.mitosis.internal.link.MessageReader;
import dev.mitosis.internal.link.MessageWriter;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.CrewListener.Death;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future.State;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A process that runs one function, is told and tells what a worker is and does, and is not
/// replaced.
///
/// ```text
///   launched ──► connected ──► function sent ──► result read ──► exited
///       `──────────────┴───────────────┴─────────────────────────────┘
/// ```
/// Its exit is the end of all waits. Folders and sockets go with it.
public final class ChildProcess {
    private static final Duration HEARING = Duration.ofSeconds(2);
    private static final Duration LAST_WORDS = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final LinkServer.Start ONLY = new LinkServer.Start(0, 0);

    private final PoolConfig config;
    private final Resources resources;
    private final ClassBytes classes = new ClassBytes();
    private final OutOfMemoryKills kills = OutOfMemoryKills.here();
    private final CompletableFuture<LinkServer.Arrival> arrival;
    private final Process process;
    private final Guest guest;
    private final Silence silence = new Silence();
    private final OutputReader stdout;
    private final OutputReader stderr;
    private final CompletableFuture<Optional<Bytes>> result = new CompletableFuture<>();
    private final CompletableFuture<Death> exit = new CompletableFuture<>();

    // written by who kills it or serves it, read by the thread that waits for its exit
    private volatile @Nullable String killedWhy;
    private volatile boolean saidExit;
    private volatile @Nullable ControlChannel control; // once there is one

    private ChildProcess(PoolConfig config, Resources resources) throws IOException {
        this.config = config;
        this.resources = resources;
        arrival = resources.server().expect(ONLY);
        process = resources.launch(ONLY);
        var output = new GuardedOutput(config.output());
        guest = new Guest(process.pid(), ResultFilter.of(config), this::answer);
        int number = (int) process.pid();
        try {
            stdout = new OutputReader(number, false, process.getInputStream(), output);
            stderr = new OutputReader(number, true, process.getErrorStream(), output);
        } catch (RuntimeException | Error e) { // such as no more threads
            Strays.killTree(process);
            throw e;
        }
    }

    /// Starts a process.
    ///
    /// @param config how, as for a worker
    /// @param function what it runs, a `Callable`
    /// @param type the class of that
    /// @return the process
    /// @throws IOException if it cannot be started: the message says what was tried
    public static ChildProcess start(PoolConfig config, Bytes function, Class<?> type)
            throws IOException {
        Nesting.ensureNotTooDeep();

        var loader = Thread.currentThread().getContextClassLoader();
        var resources = Resources.ofChild(Machine.here(), config, loader);
        ChildProcess child;
        try {
            child = new ChildProcess(config, resources);
        } catch (IOException | RuntimeException | Error e) {
            resources.close();
            throw e;
        }
        child.classes.add(loader);
        child.classes.add(type);
        child.begin(new Message(Message.Kind.BYTES, Bytes.of(function.toArray())));
        return child;
    }

    private void begin(Message function) {
        var name = "mitosis-child-" + process.pid();
        try {
            Thread.ofVirtual().name(name + "-link").start(() -> serve(function));
            // the last one: it gives back what all of them use
            Thread.ofPlatform().daemon().name(name).start(this::awaitExit);
        } catch (RuntimeException | Error e) { // such as no more threads: nobody would serve it
            Strays.killTree(process);
            guest.gone();
            arrival.completeExceptionally(new IOException("nobody waits for it"));
            giveBack();
            throw e;
        }
    }

    /// {@return the process, to be looked at}
    public Process process() {
        return process;
    }

    /// {@return the record of the function's outcome, once it is known; empty if there is none}
    public CompletableFuture<Optional<Bytes>> result() {
        return result;
    }

    /// {@return how the process has ended, once it has and all that it held is given back}
    public CompletableFuture<Death> exit() {
        return exit;
    }

    /// Kills the process and what it has started; the first reason counts.
    ///
    /// @param why in words, after the name of the process
    public void kill(String why) {
        if (killedWhy == null) {
            killedWhy = why;
        }
        Strays.killTree(process);
    }

    // -- the link, on a virtual thread -------------------------------------------------------

    private void serve(Message function) {
        try {
            var timely = arrival.copy().orTimeout(
                    Deadline.in(config.startTimeout()).left(), TimeUnit.NANOSECONDS);
            talk(timely.join(), function);
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                kill("was killed, since it did not start within " + config.startTimeout());
            }
            fallSilent(); // or it has exited before it had connected
        } catch (RuntimeException | Error e) { // such as no more threads
            kill("was killed, since what it says cannot be heard: " + e);
            fallSilent();
        }
    }

    private void fallSilent() {
        result.complete(Optional.empty());
        silence.falls();
    }

    private void talk(LinkServer.Arrival sockets, Message function) {
        Thread.ofVirtual().name("mitosis-child-result").start(() -> read(sockets.bellUp()));
        try (var channel = new ControlChannel(sockets.control())) {
            control = channel;
            if (channel.receive().get() != Control.HELLO) {
                throw new ProtocolException("no hello");
            }
            new MessageWriter(sockets.bellDown()).write(function);
            while (true) {
                hear(channel, WorkerMessage.of(
                        channel.receive(), ResultFilter.of(config)));
            }
        } catch (ProtocolException e) {
            kill("was killed, since it sent what cannot be: " + e.getMessage());
        } catch (IOException e) {
            // it is gone, or about to be
        } finally {
            silence.falls();
        }
    }

    private void hear(ControlChannel channel, WorkerMessage message) throws IOException {
        switch (message) {
            case WorkerMessage.Exiting() -> saidExit = true;
            case WorkerMessage.Wanted(int number, var name) ->
                    channel.send(ClassAnswer.of(classes, number, name));
            case WorkerMessage.Called(int number, var call) -> guest.call(number, call);
            case WorkerMessage.Stopped(int number) -> guest.stop(number);
            case WorkerMessage.Fetched _ -> {} // nobody counts it
            case WorkerMessage.Ready _, WorkerMessage.Failed _, WorkerMessage.Left _,
                    WorkerMessage.Worn _, WorkerMessage.Dumped _ ->
                    throw new ProtocolException("it has no such thing to say: " + message);
        }
    }

    private void answer(int number, ByteSink answer) throws IOException {
        var to = control;
        if (to != null) {
            to.send(WorkerMessage.answered(number, answer));
        }
    }

    private void read(SocketChannel socket) {
        Message outcome = null;
        try {
            outcome = new MessageReader(socket).next();
        } catch (IOException e) {
            closeQuietly(socket); // that was no result; or the child would wait to send the rest
        } catch (OutOfMemoryError e) {
            kill("was killed, since its result does not fit into the heap of its parent");
        } finally {
            result.complete(Optional.ofNullable(outcome).map(Message::body));
        }
    }

    // -- its exit, on a platform thread ------------------------------------------------------

    private void awaitExit() {
        int status = statusOf(process);
        guest.gone();
        if (!arrival.completeExceptionally(new IOException("it has exited"))) {
            awaitResult();
            silence.await(HEARING);
        }
        var death = death(status);
        giveBack();
        exit.complete(death);
    }

    private void giveBack() {
        if (arrival.state() == State.SUCCESS) {
            close(arrival.join());
        }
        resources.server().forget(ONLY);
        resources.close();
    }

    /// What it sent last is read to its end, which its exit is; unless somebody holds its socket.
    private void awaitResult() {
        try {
            result.copy().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
        } catch (CompletionException e) {
            close(arrival.join());
            result.join();
        }
    }

    /// Waits until a process has exited.
    ///
    /// @return its status
    static int statusOf(Process process) {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                // nobody's business here: the wait goes on
            }
        }
    }

    private Death death(int status) {
        stdout.awaitEnd(Deadline.in(LAST_WORDS));
        stderr.awaitEnd(Deadline.in(LAST_WORDS)); // its own: the other may have used its up
        var lines = new ArrayList<String>(stdout.lastLines());
        lines.addAll(stderr.lastLines());
        var crash = CrashReport.find(resources.temp(), process.pid());
        return new Death(process.pid(), -1, OptionalInt.of(status), cause(status, lines),
                crash == null ? null : crash.frame(), crash == null ? null : crash.file(), lines);
    }

    private String cause(int status, List<String> lines) {
        var ours = killedWhy;
        if (ours != null) {
            return ours;
        }
        var facts = new ExitCause.Facts(status, saidExit, resources.heap(), lines);
        return ExitCause.describe(facts, status == ExitCause.SIGKILLED ? kills.news() : 0);
    }

    private static void close(LinkServer.Arrival sockets) {
        closeQuietly(sockets.control());
        closeQuietly(sockets.bellDown());
        closeQuietly(sockets.bellUp());
    }

    private static void closeQuietly(SocketChannel socket) {
        try {
            socket.close();
        } catch (IOException e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.DEBUG, "a socket", e);
        }
    }
}
