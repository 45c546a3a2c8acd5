package dev.mitosis.internal.worker;

import dev.mitosis.internal.Credits;
import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.internal.codec.Kind;
import dev.mitosis.internal.link.Control;
import dev.mitosis.internal.link.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Puts outcomes into the reply ring, and the ticket of the running item into the status word.
final class RingOutbox implements Outbox {
    private final ParentLink link;
    private final Interrupts interrupts;
    private final Skips skips;
    private final Prints prints;
    private final Runnable exhaustion;
    private final Credits credits;
    private final ByteSink sink = new ByteSink(4 << 10);
    private long call;
    private int haltAfter;
    private boolean printsWanted;
    private boolean listened;

    /// Makes an outbox.
    ///
    /// @param link leads to the parent
    /// @param control hears of other things than outcomes
    RingOutbox(ParentLink link, ControlLoop control, Interrupts interrupts, Skips skips,
            Prints prints) {
        this.exhaustion = () -> control.tell(Control.WORN);
        this.credits = control.credits();
        this.prints = prints;
        this.link = link;
        this.interrupts = interrupts;
        this.skips = skips;
    }

    /// Begins a lease: says which call its items are of, and what that wants to know of them.
    ///
    /// @param wishes what it wants to know, see [Frame]
    /// @param now the time
    void begin(long nextCall, int nextHaltAfter, byte wishes, long now) {
        link.beginLease(now);
        call = nextCall;
        haltAfter = nextHaltAfter;
        printsWanted = (wishes & Frame.PRINTS) != 0;
        listened = (wishes & Frame.MESSAGES) != 0;
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
        if (printsWanted || !link.write(kind, bits)) {
            Outbox.super.commit(kind, bits, last);
        } else if (!last) {
            link.publish();
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

    @Override
    public void emit(long index, Object message) {
        if (!listened) {
            return;
        }
        byte[] value = Outbox.emission(message);
        credits.take();
        var record = new ByteSink(13 + value.length);
        record.putRecord(Kind.EMITTED, 8 + value.length);
        record.putLong(index);
        record.putBytes(value, 0, value.length);
        try {
            link.tell(record.buffer(), (int) record.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
        if (sink.size() == 0 && link.write(Kind.LEASE_END, nanos)) {
            link.publish();
        } else {
            sink.putRecord(Kind.LEASE_END, nanos);
            publish();
        }
        link.endLease();
        interrupts.swallow();
    }
}
