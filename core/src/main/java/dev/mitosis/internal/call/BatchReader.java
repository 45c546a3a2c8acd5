package dev.mitosis.internal.call;

import dev.mitosis.NotReadableException;
import dev.mitosis.internal.codec.Kind;
import dev.mitosis.internal.codec.ValueReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads the outcomes of one batch, unit by unit, as far as they are there; for one thread.
final class BatchReader {
    /// What became of an attempt to read the next unit.
    enum State {
        /// It has a value: [#number] if [#isNumber] says so, otherwise [#value].
        VALUE,
        /// It ended otherwise: [#verdict].
        VERDICT,
        /// Its outcome is not there yet.
        WAIT,
        /// There are no more units.
        END
    }

    private final Call call;
    private final Batch batch;
    private final boolean numbers;
    private final @Nullable Listening listening;

    private int unit;
    private int end = Integer.MAX_VALUE; // of its units, if another reader has those from there on
    private @Nullable Object value;
    private long number;
    private byte numberKind; // 0 if the value is none
    private @Nullable Verdict verdict;
    private @Nullable Substitute substitute;
    private long substituteIndex; // of the item that it is about
    private long failedAt = -1;

    // the strip that brought the last unit
    private @Nullable Strip strip;

    // the strip of the batch that is being read, its reader, and the unit that this reads next
    private @Nullable Strip current;
    private @Nullable ValueReader reader;
    private int readerUnit;

    /// Makes a reader.
    ///
    /// @param numbers whether to read numbers without boxing them
    /// @param unit the unit to begin with
    BatchReader(Call call, Batch batch, boolean numbers, int unit) {
        this.call = call;
        this.batch = batch;
        this.numbers = numbers;
        this.unit = unit;
        this.listening = call.listening;
    }

    Batch batch() {
        return batch;
    }

    /// {@return the value read last, once: it is not kept}
    @Nullable Object value() {
        var taken = value;
        value = null;
        return taken;
    }

    /// {@return whether the value read last is a number that was not boxed}
    boolean isNumber() {
        return numberKind != 0;
    }

    /// {@return the kind of the number read last}
    byte numberKind() {
        return numberKind;
    }

    /// {@return the number read last, or its raw bits}
    long number() {
        return number;
    }

    /// {@return the number read last, or another of its kind, as an object}
    ///
    /// @param kind the kind
    /// @param bits the number, or its raw bits
    static Object boxed(byte kind, long bits) {
        return switch (kind) {
            case Kind.INT -> (Object) (int) bits;
            case Kind.DOUBLE -> (Object) Double.longBitsToDouble(bits);
            default -> (Object) bits;
        };
    }

    /// Reads on, after a number that was not boxed, as long as others of its kind follow.
    ///
    /// @param into where they go
    /// @param offset where in it
    /// @param most how many at most
    /// @return how many units were read
    int readRun(long[] into, int offset, int most) {
        var from = current;
        var records = reader;
        if (from == null || records == null || from != strip || listening != null) {
            return 0;
        }
        int there = from.from() + from.available() - unit;
        long wanted = Math.min(Math.min(there, units() - unit), call.limit() - index() - 1);
        if (wanted <= 0 || batch.hasSubstitutes() || from.isWithdrawn()) { // see nextUnit
            return 0;
        }
        int read = records.readRun(numberKind, into, offset, (int) Math.min(wanted, most));
        unit += read;
        readerUnit += read;
        return read;
    }

    Verdict verdict() {
        return java.util.Objects.requireNonNull(verdict);
    }

    /// {@return the index of the item read last}
    long index() {
        if (failedAt >= 0) {
            return failedAt;
        }
        var instead = substitute;
        if (instead != null && instead.result() == null) {
            return substituteIndex;
        }
        var from = strip;
        return from != null && from.isFold() ? from.indexOf(unit - 1) : batch.base() + unit - 1;
    }

    /// {@return the strip that brought the unit read last, or null if none did}
    @Nullable Strip strip() {
        return strip;
    }

    /// {@return what stood in the place of the unit read last, or null}
    @Nullable Substitute substitute() {
        return substitute;
    }

    /// Reads the next unit if its outcome is there; tells first what it has printed.
    State next() {
        var state = nextUnit();
        if (listening != null && (state == State.VALUE || state == State.VERDICT)) {
            listening.tell(batch, unit - 1);
        }
        return state;
    }

    private State nextUnit() {
        if (unit >= units()) {
            return State.END;
        }
        substitute = null;
        failedAt = -1;
        if (!batch.hasSubstitutes()) {
            var from = stripOf(unit);
            if (from != null && from.isWithdrawn()) {
                return verdict(new Verdict.Cancelled());
            }
            if (from == null || from.available() <= unit - from.from()) {
                return State.WAIT;
            }
            // Guard against race with a retry: its substitute is there before the outcome is
            if (!batch.hasSubstitutes()) {
                return read(from);
            }
        }
        return nextSubstituted();
    }

    private int units() {
        return Math.min(end, batch.units());
    }

    /// Leaves to another reader what comes from other workers and is there, though the next unit of
    /// this one is not.
    ///
    /// @return that reader, or null if there is no such thing
    @Nullable BatchReader splitOff() {
        Strip later;
        call.lock.lock();
        try {
            later = batch.availableAfter(unit);
        } finally {
            call.lock.unlock();
        }
        if (later == null || later.from() >= units()) {
            return null;
        }
        var rest = new BatchReader(call, batch, numbers, later.from());
        rest.end = end;
        end = later.from();
        batch.readers(1);
        return rest;
    }

    /// Passes over the next unit, which is pending, so that those after it can be read.
    void passOver() {
        unit++;
    }

    /// {@return the unit to be read next}
    int position() {
        return unit;
    }

    /// {@return whether the next unit waits for another attempt, and not for its strip}
    boolean isPending() {
        call.lock.lock();
        try {
            var found = batch.substitute(unit);
            return found != null && !found.isFinal();
        } finally {
            call.lock.unlock();
        }
    }

    private State nextSubstituted() {
        Substitute found;
        Verdict how = null;
        Strip result = null;
        call.lock.lock();
        try {
            found = batch.substitute(unit);
            if (found != null) {
                how = found.verdict();
                result = found.result();
                substituteIndex = found.index();
            }
        } finally {
            call.lock.unlock();
        }
        substitute = found;
        if (found == null) {
            var from = stripOf(unit);
            if (from != null && from.isWithdrawn()) {
                return verdict(new Verdict.Cancelled());
            }
            return from == null || from.available() <= unit - from.from()
                    ? State.WAIT
                    : read(from);
        }
        if (how != null) {
            return verdict(how);
        }
        return result == null ? State.WAIT : read(result);
    }

    /// Learns that all units have been read.
    void end() {
        var last = current;
        if (last != null) {
            last.giveBack();
        }
    }

    private @Nullable Strip stripOf(int wanted) {
        var known = current;
        if (known != null && wanted >= known.from() && wanted < known.to()) {
            return known;
        }
        call.lock.lock();
        try {
            return batch.stripAt(wanted);
        } finally {
            call.lock.unlock();
        }
    }

    private State verdict(Verdict how) {
        verdict = how;
        unit++;
        return State.VERDICT;
    }

    private State read(Strip from) {
        boolean known = false; // whether the call has counted it as a failure
        try {
            var records = readerOf(from);
            byte kind = records.nextKind();
            if (kind == Kind.AT) {
                failedAt = records.readAt();
                kind = records.nextKind();
            }
            known = kind == Kind.FAILED;
            return switch (kind) {
                case Kind.FAILED -> verdict(new Verdict.Failed(records.readFailure()));
                case Kind.CANCELLED -> {
                    records.skip();
                    yield verdict(new Verdict.Cancelled());
                }
                default -> readValue(records, kind);
            };
        } catch (NotReadableException e) {
            return unreadable(e, known);
        } catch (IOException e) {
            return unreadable(new NotReadableException(
                    "what the worker sent is not a record of an outcome: " + e.getMessage(), e),
                    known);
        }
    }

    /// Only the one who reads a result finds out that it cannot be read.
    private State unreadable(NotReadableException why, boolean known) {
        var state = verdict(new Verdict.Failed(why));
        if (!known) {
            call.recovery().unreadable(index());
        }
        return state;
    }

    private State readValue(ValueReader records, byte kind) throws IOException {
        if (numbers && (kind == Kind.LONG || kind == Kind.INT || kind == Kind.DOUBLE)) {
            number = records.readNumber();
            numberKind = kind;
        } else {
            value = records.read();
            numberKind = 0;
        }
        unit++;
        return State.VALUE;
    }

    private ValueReader readerOf(Strip from) throws IOException {
        strip = from;
        if (from.isRetry()) {
            return newReader(from); // it brings this one unit
        }
        var records = reader;
        if (current != from || records == null) {
            end();
            records = newReader(from);
            current = from;
            reader = records;
            readerUnit = from.from();
        }
        for (; readerUnit < unit; readerUnit++) {
            records.skip(); // something else stood in its place
        }
        readerUnit = unit + 1;
        return records;
    }

    private ValueReader newReader(Strip from) {
        return new ValueReader(from.source(), call.loader(), call.engine().resultFilter());
    }
}
