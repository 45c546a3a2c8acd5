package dev.mitosis.internal.supervise;

import dev.mitosis.PoolConfig;
import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.Said;
import dev.mitosis.internal.codec.ResultFilter;
import dev.mitosis.internal.hosting.Guest;
import dev.mitosis.internal.link.Bell;
import dev.mitosis.internal.link.Control;
import dev.mitosis.internal.link.ControlChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// One start of a worker: its process, its sockets, and what is known of it.
final class WorkerProcess {
    private static final Deadline NEVER = new Deadline(Long.MAX_VALUE);

    final int seat;
    final Process process;
    final LinkServer.Start start;
    private final LinkFile memory;
    private final Terms terms;
    private final OutputReader stdout;
    private final OutputReader stderr;
    private final Guest guest;
    private final Silence silence = new Silence();
    private final Map<Integer, CompletableFuture<String>> dumps = new ConcurrentHashMap<>();
    private final AtomicInteger dumpNumbers = new AtomicInteger();

    // owned by the supervisor
    private Deadline deadline;
    private boolean pumping;

    // written by the supervisor, read by others
    private volatile WorkerState state = new WorkerState.Launched();

    // set by whoever serves it, before the supervisor learns that it has arrived
    private volatile @Nullable Connection connection;

    // set by whoever kills it or hears from it, read by the supervisor
    private volatile @Nullable String killedWhy;
    private volatile boolean saidExit;
    private volatile boolean saidLeft;
    private volatile int onboarded;
    private volatile @Nullable Throwable initializerFailure;
    private volatile @Nullable String initializerThrew;

    /// What a worker is started with.
    ///
    /// @param config the pool's configuration
    /// @param output where the lines go that it prints
    /// @param temp where crash reports are written
    /// @param toOnboard how many functions of everywhere were known when it was launched
    /// @param events told what happens to it
    record Terms(PoolConfig config, GuardedOutput output, Path temp, int toOnboard,
            BiConsumer<WorkerProcess, WorkerEvent> events) {}

    /// What there is once its sockets are there.
    record Connection(ControlChannel control, Bell bell, ControlSender sender, SeatLink link,
            Pump pump) {}

    WorkerProcess(LinkServer.Start start, Process process, LinkFile memory, Terms terms) {
        this.terms = terms;
        this.seat = start.seat();
        this.start = start;
        this.process = process;
        this.memory = memory;
        this.deadline = Deadline.in(terms.config().startTimeout());
        guest = new Guest(process.pid(), ResultFilter.of(terms.config()), (number, answer) ->
                answer(WorkerMessage.answered(number, answer)));
        stdout = new OutputReader(seat, false, process.getInputStream(), terms.output());
        stderr = new OutputReader(seat, true, process.getErrorStream(), terms.output());
    }

    long pid() {
        return process.pid();
    }

    LinkFile memory() {
        return memory;
    }

    /// {@return how many functions of everywhere it runs first}
    int toOnboard() {
        return terms.toOnboard();
    }

    // -- its life, decided by the supervisor -------------------------------------------------

    WorkerState state() {
        return state;
    }

    void enter(WorkerState next) {
        state = next;
    }

    /// {@return how much time it has left for what it should do now, nanoseconds}
    long untilDeadline() {
        return deadline.nanos() == Long.MAX_VALUE ? Long.MAX_VALUE : deadline.left();
    }

    void deadlineIn(Duration time) {
        deadline = Deadline.in(time);
    }

    void noDeadline() {
        deadline = NEVER;
    }

    void startPump() {
        pumping = true;
        try {
            pump().start();
        } catch (RuntimeException | Error e) { // such as no more threads: the ring is never read
            terms.events().accept(this, new WorkerEvent.RingDrained());
            kill("was killed, since its outcomes cannot be taken here: " + e);
        }
    }

    /// Kills the process, and what it has started as far as that can be seen now; the first reason
    /// counts. For any thread.
    void kill(@Nullable String why) {
        if (killedWhy == null && why != null) {
            killedWhy = why;
        }
        Strays.killTree(process);
        terms.events().accept(this, new WorkerEvent.WasKilled());
    }

    /// Closes the sockets, so that whoever reads from them comes back.
    void disconnect() {
        dumps.values().forEach(dump -> dump.complete("the worker has ended"));
        var to = connection;
        if (to == null) {
            return;
        }
        to.sender().stop();
        try (var _ = to.control(); var _ = to.bell()) {
            return;
        } catch (IOException e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.DEBUG, "a socket", e);
        }
    }

    /// Gives the memory back, when nobody reads or writes it any more.
    ///
    /// @return the ticket of the item that the worker was running, or -1
    long giveBack() {
        if (!pumping) {
            memory.close();
            return -1;
        }
        long running = link().running();
        pump().unmap();
        memory.unlink();
        return running;
    }

    // -- what it says ------------------------------------------------------------------------

    /// Takes the sockets over; from now on it can be talked to.
    void connect(Connection made) {
        connection = made;
    }

    boolean isConnected() {
        return connection != null;
    }

    /// {@return the link}
    /// @throws NullPointerException if its sockets are not there yet
    SeatLink link() {
        return java.util.Objects.requireNonNull(connection).link();
    }

    /// {@return what takes outcomes out of its ring}
    /// @throws NullPointerException if its sockets are not there yet
    Pump pump() {
        return java.util.Objects.requireNonNull(connection).pump();
    }

    /// {@return the ticket of the item that it runs now, or -1}
    long running() {
        return state.isAlive() && isConnected() ? link().running() : -1;
    }

    void send(ByteBuffer message) {
        var to = connection;
        if (to != null) {
            to.sender().send(message);
        }
    }

    /// Sends what it has asked for; on the thread that serves it, which waits while too much of
    /// that has not been read.
    void answer(ByteBuffer message) throws IOException {
        var to = connection;
        if (to != null) {
            to.sender().answer(message);
        }
    }

    /// {@return what takes its calls of hosted objects}
    Guest guest() {
        return guest;
    }

    CompletableFuture<String> dump() {
        int number = dumpNumbers.incrementAndGet();
        var dump = new CompletableFuture<String>();
        dumps.put(number, dump);
        send(ControlChannel.message(Control.DUMP, 4).putInt(number));
        return dump;
    }

    void dumped(int number, String text) {
        var dump = dumps.remove(number);
        if (dump != null) {
            dump.complete(text);
        }
    }

    void saidReady(int functions) {
        onboarded = functions;
        terms.events().accept(this, new WorkerEvent.SaidReady(functions));
    }

    /// One that was killed may have said so just before; it has not left in order.
    void saidLeft() {
        if (killedWhy == null) {
            saidLeft = true;
            terms.events().accept(this, new WorkerEvent.SaidLeft());
        }
    }

    boolean hasSaidLeft() {
        return saidLeft;
    }

    void saidExit() {
        saidExit = true;
    }

    /// Here it is asked what it says, on the thread that serves the worker: its class is foreign.
    void saidFailed(Throwable failure) {
        initializerThrew = Said.by(failure);
        initializerFailure = failure;
    }

    int onboarded() {
        return onboarded;
    }

    // -- last words --------------------------------------------------------------------------

    @Nullable Throwable initializerFailure() {
        return initializerFailure;
    }

    /// {@return that failure in words}
    @Nullable String initializerThrew() {
        return initializerThrew;
    }

    @Nullable String killedWhy() {
        return killedWhy;
    }

    boolean hasSaidExit() {
        return saidExit;
    }

    Path temp() {
        return terms.temp();
    }

    /// {@return what falls silent once all is heard that it said over its control socket}
    Silence silence() {
        return silence;
    }

    /// Waits until all is read that it has printed.
    ///
    /// @param most for how long at most
    /// @return whether it is
    boolean awaitOutput(Duration most) {
        var until = Deadline.in(most);
        return stdout.awaitEnd(until) && stderr.awaitEnd(until);
    }

    /// {@return the last lines that it printed, of both outputs, as far as they were read}
    List<String> lastLines() {
        var lines = new ArrayList<String>(stdout.lastLines());
        lines.addAll(stderr.lastLines());
        return lines;
    }
}
