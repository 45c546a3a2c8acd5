package dev.mitosis.internal.worker;

import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.internal.codec.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Puts outcomes into the reply ring, and the ticket of the running item into the status word.
final class RingOutbox implements Outbox {
    private final ParentLink link;
    private final Interrupts interrupts;
    private final Skips skips;
    private final Prints prints;
    private final Runnable exhaustion;
    private final ByteSink sink = new ByteSink(4 << 10);
    private long call;
    private int haltAfter;
    private boolean printsWanted;

    /// Makes an outbox.
    ///
    /// @param exhaustion run when this JVM has run out of memory of some kind
    RingOutbox(ParentLink link, Interrupts interrupts, Skips skips, Prints prints,
            Runnable exhaustion) {
        this.exhaustion = exhaustion;
        this.prints = prints;
        this.link = link;
        this.interrupts = interrupts;
        this.skips = skips;
    }

    /// Begins a lease: says which call its items are of, and whether that wants to know what they
    /// print.
    ///
    /// @param now the time
    void begin(long nextCall, int nextHaltAfter, boolean wantsPrints, long now) {
        link.beginLease(now);
        call = nextCall;
        haltAfter = nextHaltAfter;
        printsWanted = wantsPrints;
    }

    @Override
    public int claim(long ticket, int count, boolean whole) {
        return link.claim(ticket, count, whole);
    }

    @Override
    public boolean begin(long ticket, long index) {
        try {
            if (printsWanted) {
                tellPrints(); // of the item before, in a fold
                prints.begin(index);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        link.running(ticket << 1);
        interrupts.swallow();
        return !skips.isSkipped(call, index);
    }

    @Override
    public boolean isExact() {
        return printsWanted; // each number tells what it has printed
    }

    @Override
    public ByteSink sink() {
        return sink;
    }

    @Override
    public void commit(boolean last) throws IOException {
        if (printsWanted) {
            tellPrints();
        }
        if (!last) {
            publish();
            link.published();
        }
    }

    @Override
    public void commit(byte kind, long bits, boolean last) throws IOException {
        if (last || printsWanted || !link.write(kind, bits)) {
            Outbox.super.commit(kind, bits, last);
        } else {
            link.published();
        }
    }

    /// Publishes what the item that has run has printed, ahead of its outcome in the sink.
    private void tellPrints() throws IOException {
        byte[] record = prints.take();
        if (record != null) {
            link.write(record, 0, record.length);
        }
    }

    private void publish() throws IOException {
        if (sink.isSimple()) {
            link.write(sink.buffer(), 0, (int) sink.size());
        } else {
            for (var piece : sink.toBytes().pieces()) {
                link.write(piece.array(), piece.offset(), piece.length());
            }
        }
        sink.clear();
    }

    @Override
    public void failed(long index) {
        if (haltAfter > 0) {
            skips.failed(call, index, haltAfter);
        }
    }

    @Override
    public void exhausted() {
        exhaustion.run();
    }

    @Override
    public boolean isCancelled() {
        return interrupts.isInterrupted();
    }

    void resume() {
        link.resume();
    }

    /// Says that a lease is through.
    void end(long nanos) throws IOException {
        sink.putRecord(Kind.LEASE_END, nanos);
        publish();
        link.endLease();
        interrupts.swallow();
    }
}
