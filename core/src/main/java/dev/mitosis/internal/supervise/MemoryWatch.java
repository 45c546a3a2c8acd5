package dev.mitosis.internal.supervise;

import dev.mitosis.PoolConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Keeps workers below the resident memory that the pool allows them, native memory included.
///
/// One thread looks at the busy workers every 20 ms, but only if a limit is set and while there is
/// a busy worker, and once more after its work has ended, however short that was. Reading one
/// worker's size takes about 20 us.
final class MemoryWatch implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(20);
    private static final Path PROC = Path.of("/proc");
    private static final String RESIDENT = "VmRSS:";
    private static final System.Logger LOG = System.getLogger("dev.mitosis");

    private final long recycleAbove;
    private final long limit;
    private final Supervisor supervisor;
    private final AtomicReferenceArray<@Nullable WorkerProcess> seated;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // guarded by lock
    private boolean closed;

    // owned by the watching thread: the workers that were found too large, until they are replaced,
    // and which seats had work when they were looked at last
    private final @Nullable WorkerProcess[] worn;
    private final boolean[] wasBusy;

    // 1 for each seat that was given work and not looked at since; set by whoever gives it, taken
    // by the watching thread
    private final AtomicIntegerArray given;

    // set when the thread has nothing to look at, read by whoever gives work
    private volatile boolean idle = true;

    MemoryWatch(PoolConfig config, Supervisor supervisor,
            AtomicReferenceArray<@Nullable WorkerProcess> seated) {
        this.recycleAbove = config.recycleAbove() > 0 ? config.recycleAbove() : Long.MAX_VALUE;
        this.limit = config.memoryLimit() > 0 ? config.memoryLimit() : Long.MAX_VALUE;
        this.supervisor = supervisor;
        this.seated = seated;
        this.worn = new WorkerProcess[seated.length()];
        this.wasBusy = new boolean[seated.length()];
        this.given = new AtomicIntegerArray(seated.length());
    }

    /// Starts the thread, if there is a limit.
    void begin(PoolConfig config) {
        if (isNeeded(config)) {
            Thread.ofPlatform().daemon().name("mitosis-memory").start(this::run);
        }
    }

    private static boolean isNeeded(PoolConfig config) {
        return config.recycleAbove() > 0 || config.memoryLimit() > 0;
    }

    /// Refuses a limit where it cannot be enforced.
    static void requirePossible(PoolConfig config) {
        if (isNeeded(config) && resident(ProcessHandle.current().pid()) == 0) {
            throw new IllegalArgumentException("recycleAbove and memoryLimit need a system with"
                    + " /proc, which tells how much memory a process has; limit the heap with"
                    + " withHeap");
        }
    }

    /// {@return the resident size of a process, bytes, or 0 if that is not known}
    static long resident(long pid) {
        try { // not Files.lines: a process that ends while it is read is a usual case
            var status = Files.readString(PROC.resolve(Long.toString(pid)).resolve("status"));
            return status.lines().filter(line -> line.startsWith(RESIDENT)).findFirst()
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).orElse(0L);
        } catch (IOException e) {
            return 0; // it has ended
        }
    }

    /// Learns that the worker on a seat was given work, which may be over by now.
    void worked(int seat) {
        given.set(seat, 1);
        if (idle) {
            signal();
        }
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (await()) {
            try {
                idle = !lookAround();
            } catch (RuntimeException | Error e) { // without this thread nothing is limited
                LOG.log(System.Logger.Level.ERROR,
                        "the memory of the workers could not be looked at", e);
            }
        }
    }

    /// {@return whether any worker is busy}
    private boolean lookAround() {
        boolean anyBusy = false;
        for (int seat = 0; seat < seated.length(); seat++) {
            boolean worked = given.getAndSet(seat, 0) == 1; // before what follows is looked at
            var worker = seated.get(seat);
            boolean busy = worker != null && worker.link().isBusy();
            if (worker != null && (busy || worked || wasBusy[seat])) {
                look(worker); // once more after its last task: it may have grown at its end
            }
            wasBusy[seat] = busy;
            anyBusy |= busy;
        }
        return anyBusy;
    }

    @SuppressWarnings("WaitNotInLoop") // a look too early does no harm
    private boolean await() {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            if (idle && !hasAnyWorked()) { // Guard against race with work that came just now
                changed.await();
            } else {
                var _ = changed.awaitNanos(PERIOD.toNanos());
            }
            return !closed;
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the watch", e);
        } finally {
            lock.unlock();
        }
    }

    private boolean hasAnyWorked() {
        for (int seat = 0; seat < given.length(); seat++) {
            if (given.get(seat) == 1) {
                return true;
            }
        }
        return false;
    }

    private void look(WorkerProcess worker) {
        long resident = resident(worker.pid());
        if (resident > limit) {
            worker.kill("was killed, since its resident memory of " + mib(resident)
                    + " was over the limit of " + mib(limit));
        } else if (resident > recycleAbove && worn[worker.seat] != worker) {
            worn[worker.seat] = worker;
            supervisor.worn(worker);
        }
    }

    private static String mib(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
