package dev.mitosis.internal.supervise;

import dev.mitosis.internal.link.Bell;
import dev.mitosis.internal.link.CorruptLinkException;
import dev.mitosis.internal.link.LinkMemory;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.Items;
import dev.mitosis.spi.Lease;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The parent's end of one worker's rings: frames go out, leases wait for their outcomes.
///
/// Whoever gives a lease writes it into the ring; what does not fit is left to the [Pump].
final class SeatLink {
    private static final System.Logger LOG = System.getLogger("dev.mitosis");

    private final LinkMemory memory;
    private final Bell bell;
    private final long pid;
    private final LongAdder bytesSent;
    private final ReentrantLock sending = new ReentrantLock();

    // guarded by sending
    private final Outgoing outgoing;
    private final Frames frames = new Frames();
    private final Set<Long> known = new HashSet<>();
    private long knownLast = -1; // one of them: most leases are of the same function as the last
    private long given; // the ticket after the last item
    private boolean limited; // whether leases were taken back, and none was given since
    private volatile boolean closed;
    private volatile boolean pending; // whether there is something for the pump to write

    // leases given and not yet through, in order; filled under sending, emptied by the pump
    private final ConcurrentLinkedQueue<Lease> leases = new ConcurrentLinkedQueue<>();

    SeatLink(LinkMemory memory, Bell bell, long pid, LongAdder bytesSent) {
        this.memory = memory;
        this.bell = bell;
        this.pid = pid;
        this.bytesSent = bytesSent;
        this.outgoing = new Outgoing(memory, bell);
    }

    long pid() {
        return pid;
    }

    Bell bell() {
        return bell;
    }

    LinkMemory memory() {
        return memory;
    }

    void give(Lease lease) throws IOException {
        sending.lock();
        try {
            if (closed) {
                return;
            }
            leases.add(lease);
            given = lease.ticket() + lease.count();
            if (limited) {
                outgoing.add(frames.resume(), Bytes.EMPTY);
                limited = false;
            }
            long before = outgoing.accepted();
            var function = lease.job().function();
            if (function.id() != knownLast && known.add(function.id())) {
                outgoing.add(frames.function(lease.job()), function.bytes());
            }
            knownLast = function.id();
            outgoing.add(frames.lease(lease), lease.items() instanceof Items.Values values
                    ? values.bytes() : Bytes.EMPTY);
            bytesSent.add(outgoing.accepted() - before);
            send();
        } finally {
            sending.unlock();
        }
    }

    /// Writes what there is room for; under the lock.
    private void send() throws IOException {
        // before the worker is asked to ring: it may ring at once, and the pump would look in vain
        pending = !outgoing.isEmpty();
        outgoing.flush();
        pending = !outgoing.isEmpty();
    }

    /// Takes back what the worker has not claimed.
    ///
    /// @return the ticket of the first such item, or -1 if there is none
    long takeBack() {
        sending.lock();
        try {
            var first = leases.peek();
            if (closed || first == null) {
                return -1;
            }
            long from = memory.claims().takeBack(first.ticket(), given);
            if (from >= 0) {
                limited = true;
                leases.removeIf(lease -> lease.ticket() >= from);
                for (var lease : leases) {
                    lease.keep((int) Math.min(lease.count(), from - lease.ticket()));
                }
            }
            return from;
        } finally {
            sending.unlock();
        }
    }

    /// Waits for a [#takeBack] under way, which has perhaps not told all leases yet.
    @SuppressWarnings("LockNotBeforeTry") // there is nothing to do within it
    void awaitTakeBack() {
        sending.lock();
        sending.unlock();
    }

    /// Forgets a function; the worker learns it with whatever comes next.
    void forget(long function) {
        sending.lock();
        try {
            knownLast = knownLast == function ? -1 : knownLast;
            if (!closed && known.remove(function)) {
                outgoing.add(frames.forget(function), Bytes.EMPTY);
            }
        } catch (CorruptLinkException e) {
            // whoever gives it the next lease learns this, and what to do about it
            LOG.log(System.Logger.Level.DEBUG, "a function", e);
        } finally {
            sending.unlock();
        }
    }

    void leave() throws IOException {
        sending.lock();
        try {
            if (!closed) {
                outgoing.add(frames.leave(), Bytes.EMPTY);
                send();
            }
        } finally {
            sending.unlock();
        }
    }

    /// Writes more of what is left; on the pump.
    ///
    /// @return whether anything was written
    boolean flush() throws IOException {
        if (!pending) {
            return false;
        }
        sending.lock();
        try {
            boolean written = !closed && outgoing.flush();
            pending = !closed && !outgoing.isEmpty();
            return written;
        } finally {
            sending.unlock();
        }
    }

    /// Wakes the worker, if it is still there.
    void ring() {
        try {
            bell.ring();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a bell", e);
        }
    }

    boolean isClosed() {
        return closed;
    }

    boolean isBusy() {
        return !leases.isEmpty();
    }

    @Nullable Lease first() {
        return leases.peek();
    }

    void removeFirst() {
        leases.remove();
    }

    /// {@return the ticket of the item that the worker runs, or -1}
    long running() {
        sending.lock();
        try {
            long word = closed ? 0 : memory.running();
            return word == 0 ? -1 : word >>> 1;
        } finally {
            sending.unlock();
        }
    }

    /// Gives the memory back, when nobody reads it any more.
    void unmap() {
        sending.lock();
        try {
            closed = true;
            memory.close();
        } finally {
            sending.unlock();
        }
    }
}
