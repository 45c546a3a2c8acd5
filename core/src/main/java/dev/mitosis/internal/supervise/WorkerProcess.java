package dev.mitosis.internal.supervise;

import dev.mitosis.PoolConfig;
import dev.mitosis.internal.Deadline;
import dev.mitosis.internal.link.Bell;
import dev.mitosis.internal.link.Control;
import dev.mitosis.internal.link.ControlChannel;
import dev.mitosis.internal.link.LinkMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One start of a worker: its process, its sockets, and what is known of it.
final class WorkerProcess {
    private static final Duration LAST_WORDS = Duration.ofMillis(50);

    final int seat;
    final Process process;
    final LinkServer.Start start;
    final LinkMemory memory;
    final Path temp;
    private final OutputReader stdout;
    private final OutputReader stderr;
    private final Map<Integer, CompletableFuture<String>> dumps = new ConcurrentHashMap<>();
    private final AtomicInteger dumpNumbers = new AtomicInteger();

    // what it is to run first: functions of everywhere that were known when it was launched
    final List<byte[]> onboarding;

    // owned by the supervisor
    Deadline deadline;
    @Nullable Integer exitStatus;
    boolean drained;
    boolean wasReady;
    boolean killed;

    // set by the supervisor, read by others
    volatile @Nullable SeatLink link;
    volatile @Nullable Pump pump;
    private volatile @Nullable ControlSender sender;
    private volatile @Nullable ControlChannel control;
    private volatile @Nullable Bell bell;

    // set by whoever kills it or hears from it, read by the supervisor
    volatile @Nullable String killedWhy;
    volatile boolean saidExit;
    volatile boolean saidLeft;
    volatile @Nullable Throwable initializerFailure;

    /// What a worker is started with.
    ///
    /// @param config the pool's configuration
    /// @param temp where crash reports are written
    /// @param onboarding functions of everywhere that are known by now
    record Terms(PoolConfig config, Path temp, List<byte[]> onboarding) {}

    WorkerProcess(LinkServer.Start start, Process process, LinkMemory memory, Terms terms) {
        var config = terms.config();
        this.temp = terms.temp();
        this.onboarding = terms.onboarding();
        this.seat = start.seat();
        this.start = start;
        this.process = process;
        this.memory = memory;
        this.deadline = Deadline.in(config.startTimeout());
        stdout = new OutputReader(seat, false, process.getInputStream(), config.output());
        stderr = new OutputReader(seat, true, process.getErrorStream(), config.output());
    }

    long pid() {
        return process.pid();
    }

    /// Takes the sockets over.
    void connect(ControlChannel channel, Bell itsBell, ControlSender itsSender) {
        control = channel;
        bell = itsBell;
        sender = itsSender;
    }

    void send(ByteBuffer message) {
        var to = sender;
        if (to != null) {
            to.send(message);
        }
    }

    CompletableFuture<String> dump() {
        int number = dumpNumbers.incrementAndGet();
        var dump = new CompletableFuture<String>();
        dumps.put(number, dump);
        send(ControlChannel.message(Control.DUMP, 4).putInt(number));
        return dump;
    }

    void dumped(ByteBuffer message) {
        var dump = dumps.remove(message.getInt());
        if (dump != null) {
            dump.complete(StandardCharsets.UTF_8.decode(message).toString());
        }
    }

    /// Kills the process; the first reason counts.
    void kill(@Nullable String why) {
        if (killedWhy == null && why != null) {
            killedWhy = why;
        }
        process.destroyForcibly();
    }

    /// Closes the sockets, so that whoever reads from them comes back.
    void disconnect() {
        try (var first = control; var second = bell) {
            var to = sender;
            if (to != null) {
                to.stop();
            }
            dumps.values().forEach(dump -> dump.complete("the worker has ended"));
            assert first == null || second != null;
        } catch (IOException e) {
            System.getLogger("dev.mitosis").log(System.Logger.Level.DEBUG, "a socket", e);
        }
    }

    /// {@return the last lines that it printed, of both outputs}
    List<String> lastLines() {
        var until = Deadline.in(LAST_WORDS);
        var lines = new ArrayList<String>(stdout.lastLines(until));
        lines.addAll(stderr.lastLines(until));
        return lines;
    }
}
