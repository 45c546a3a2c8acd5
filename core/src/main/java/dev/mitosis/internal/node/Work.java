package dev.mitosis.internal.node;

import dev.mitosis.internal.codec.SomeItems;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.Items;
import dev.mitosis.spi.Job;
import dev.mitosis.spi.Lease;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Some items of a lease, and all that is needed to run them where nothing else is known of their
/// call.
///
/// @param name the name of the call
/// @param verb what to do with the function
/// @param switches of the job, see [Switches]
/// @param function the hash of the function's bytes
/// @param functionBytes these bytes, or null if they travel under their hash
/// @param code hashes of jars with classes that are in no file of the driver's
/// @param limits how long items may run
/// @param span where the items stand
/// @param items the items
/// @param most how many bytes of outcomes to collect; what is left then is not begun
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Work(
        String name, Job.Verb verb, Switches switches, String function,
        byte @Nullable [] functionBytes, List<String> code, Lease.Limits limits, Span span,
        Items items, long most) {
    /// What a job wants besides.
    ///
    /// @param haltAfter after how many failures nothing more of this is begun; 0 for never
    /// @param printsWanted whether somebody wants to know what items print
    /// @param listened whether somebody listens to what they emit
    public record Switches(int haltAfter, boolean printsWanted, boolean listened) {}

    /// Where items stand.
    ///
    /// @param index the place of the first in the call's input
    /// @param count how many they are
    /// @param attempt which attempt at them this is
    /// @param alone whether they want a worker that has not run anything yet
    public record Span(long index, int count, int attempt, boolean alone) {}

    /// Copies the list.
    public Work {
        code = List.copyOf(code);
    }

    /// Returns the items of a lease as work.
    ///
    /// @param lease the lease
    /// @param function the hash of its function
    /// @param functionBytes the function's bytes, or null if they travel under their hash
    /// @param code hashes of jars with classes that are in no file of the driver's
    /// @param most how many bytes of outcomes to collect
    /// @return the work
    public static Work of(Lease lease, String function, byte @Nullable [] functionBytes,
            List<String> code, long most) {
        var job = lease.job();
        return new Work(job.name(), job.verb(),
                new Switches(lease.haltAfter(), job.printsWanted(), job.listened()), function,
                functionBytes, code, lease.limits(),
                new Span(lease.index(), lease.count(), lease.attempt(), lease.isAlone()),
                lease.items(), most);
    }

    /// {@return the bytes that travel: the items, which may be many, last and not copied}
    public Bytes toBytes() {
        var head = new ByteArrayOutputStream(1 << 10);
        try {
            write(new DataOutputStream(head));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return items instanceof Items.Values(var bytes, _, _)
                ? Fields.both(Bytes.of(head.toByteArray()), bytes)
                : Bytes.of(head.toByteArray());
    }

    private void write(DataOutputStream out) throws IOException {
        Fields.writeText(out, name);
        out.writeByte(verb.code());
        out.writeInt(switches.haltAfter());
        out.writeBoolean(switches.printsWanted());
        out.writeBoolean(switches.listened());
        Fields.writeText(out, function);
        out.writeBoolean(functionBytes != null);
        if (functionBytes != null) {
            Fields.writeArray(out, functionBytes);
        }
        Fields.writeTexts(out, code);
        out.writeLong(Optional.ofNullable(limits.timeout()).map(Duration::toNanos).orElse(-1L));
        out.writeLong(limits.grace().toNanos());
        out.writeLong(span.index());
        out.writeInt(span.count());
        out.writeInt(span.attempt());
        out.writeBoolean(span.alone());
        out.writeLong(most);
        writeItems(out);
    }

    private void writeItems(DataOutputStream out) throws IOException {
        switch (items) {
            case Items.Range(long first) -> {
                out.writeBoolean(true);
                out.writeLong(first);
            }
            case Items.Values(_, var frames, int skip) -> {
                out.writeBoolean(false);
                out.writeInt(frames.most());
                out.writeLong(frames.first());
                out.writeInt(skip);
            }
        }
    }

    /// Reads work; the items are those very bytes, which must not change any more.
    ///
    /// @param bytes what [#toBytes] returned
    /// @return the work
    /// @throws IOException if it is none
    public static Work of(byte[] bytes) throws IOException {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            var name = Fields.readText(in);
            var verb = Job.Verb.of(in.readByte());
            var switches = new Switches(in.readInt(), in.readBoolean(), in.readBoolean());
            var function = Fields.readText(in);
            byte[] functionBytes = in.readBoolean() ? Fields.readArray(in) : null;
            var code = Fields.readTexts(in);
            var limits = limits(in.readLong(), in.readLong());
            var span = new Span(in.readLong(), in.readInt(), in.readInt(), in.readBoolean());
            long most = in.readLong();
            return new Work(name, verb, switches, function, functionBytes, code, limits, span,
                    readItems(in, bytes), most);
        } catch (IllegalArgumentException e) {
            throw new IOException("this is not the work of a lease: " + e.getMessage(), e);
        }
    }

    private static Lease.Limits limits(long timeout, long grace) {
        return new Lease.Limits(timeout < 0 ? null : Duration.ofNanos(timeout),
                Duration.ofNanos(grace));
    }

    private static Items readItems(DataInputStream in, byte[] all) throws IOException {
        if (in.readBoolean()) {
            return new Items.Range(in.readLong());
        }
        var frames = new Items.Frames(in.readInt(), in.readLong());
        int skip = in.readInt();
        return new Items.Values(Fields.rest(in, all), frames, skip);
    }

    /// {@return some of its items, as work of its own, with no more bytes than they need}
    ///
    /// @param from how many items to leave out at the beginning
    /// @param count how many items to take
    /// @throws IOException if the items are not what they should be
    public Work part(int from, int count) throws IOException {
        var some = switch (items) {
            case Items.Range(long first) -> new Items.Range(first + from);
            case Items.Values values -> SomeItems.of(values, from, count);
        };
        return new Work(name, verb, switches, function, functionBytes, code, limits,
                new Span(span.index() + from, count, span.attempt(), span.alone()), some, most);
    }

    /// {@return how many outcomes it has: one each, or one for all that are folded}
    public int units() {
        return isFold() ? 1 : span.count();
    }

    /// {@return whether its items are folded, and cannot be run in parts}
    public boolean isFold() {
        return verb.isFold();
    }

    /// {@return hashes of what must be there besides, before it can run}
    public List<String> needed() {
        var needed = new ArrayList<>(code);
        if (functionBytes == null) {
            needed.add(function);
        }
        return needed;
    }
}
