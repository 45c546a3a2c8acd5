package dev.mitosis.internal.node;

import dev.mitosis.internal.codec.Kind;
import dev.mitosis.internal.codec.Records;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.CrewListener.Death;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What became of some [Work]: the outcomes of its first items, and why there are no more, if there
/// are not.
///
/// @param records outcome records of the first items
/// @param done how many items they are of
/// @param ran how they ran
/// @param notes what else happened, in order
/// @param end why it ended
@SuppressWarnings("ArrayRecordComponent") // notes are handed over, never compared
public record Answer(
        Bytes records, int done, Ran ran, List<Note> notes, End end) {
    /// How items ran.
    ///
    /// @param pid the process that ran them, or the last of those that did
    /// @param nanos for how long
    /// @param starts how many workers the node has started since it answered last
    public record Ran(long pid, long nanos, long starts) {}

    /// What is told of an item before its outcome.
    public sealed interface Note {
        /// It has printed something.
        ///
        /// @param index its place in the call's input
        /// @param text what
        /// @param cut how many bytes before that were cut off
        record Printed(long index, byte[] text, long cut) implements Note {}

        /// It has emitted a message.
        ///
        /// @param index its place in the call's input
        /// @param value a value record
        record Emitted(long index, byte[] value) implements Note {}

        /// It has run longer than it may, and was interrupted.
        ///
        /// @param at which of the items, from 0
        /// @param stacks the stacks of its worker, or null if it could not say
        record Expired(int at, @Nullable String stacks) implements Note {}
    }

    /// Why work ended.
    public sealed interface End {
        /// It is through, or as many bytes were collected as were wanted.
        record Through() implements End {}

        /// The worker died while the next item was running, or nobody will see the outcome of that.
        ///
        /// @param death what is known; its ticket says nothing here
        record Died(Death death) implements End {}

        /// No worker can be started on this node.
        ///
        /// @param why what was tried
        record Hopeless(String why) implements End {}
    }

    /// Copies the list.
    public Answer {
        notes = List.copyOf(notes);
    }

    /// {@return outcomes of items that never ran}
    ///
    /// @param count of how many
    public static byte[] cancelled(int count) {
        byte[] records = new byte[count];
        Arrays.fill(records, Kind.CANCELLED);
        return records;
    }

    /// {@return an array that begins with the records, and is the caller's}
    public byte[] array() {
        var pieces = records.pieces();
        return pieces.size() == 1 && pieces.getFirst().offset() == 0
                ? pieces.getFirst().array() : records.toArray();
    }

    /// {@return whether no outcome is a failure}
    ///
    /// @param records outcome records
    /// @param length how many bytes they fill
    public static boolean isAllOk(byte[] records, int length) {
        for (int at = 0; at < length; at = Records.after(records, at)) {
            if ((records[at] & ~Kind.HUGE) == Kind.FAILED) {
                return false;
            }
        }
        return true;
    }

    /// {@return the bytes that travel: the records, not copied, all else behind them, and how long
    /// that is}
    public Bytes toBytes() {
        var tail = new ByteArrayOutputStream(64);
        var out = new DataOutputStream(tail);
        try {
            write(out);
            out.writeInt(tail.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Fields.both(records, Bytes.of(tail.toByteArray()));
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeInt(notes.size());
        for (var note : notes) {
            writeNote(out, note);
        }
        switch (end) {
            case End.Through() -> out.writeByte(0);
            case End.Died(var death) -> {
                out.writeByte(1);
                writeDeath(out, death);
            }
            case End.Hopeless(var why) -> {
                out.writeByte(2);
                Fields.writeText(out, why);
            }
        }
        out.writeInt(done);
        out.writeLong(ran.pid());
        out.writeLong(ran.nanos());
        out.writeLong(ran.starts());
    }

    private static void writeNote(DataOutputStream out, Note note) throws IOException {
        switch (note) {
            case Note.Printed(long index, var text, long cut) -> {
                out.writeByte(0);
                out.writeLong(index);
                Fields.writeArray(out, text);
                out.writeLong(cut);
            }
            case Note.Emitted(long index, var value) -> {
                out.writeByte(1);
                out.writeLong(index);
                Fields.writeArray(out, value);
            }
            case Note.Expired(int at, var stacks) -> {
                out.writeByte(2);
                out.writeInt(at);
                Fields.writeText(out, stacks == null ? "" : stacks);
            }
        }
    }

    private static void writeDeath(DataOutputStream out, Death death) throws IOException {
        out.writeLong(death.pid());
        out.writeInt(death.exitCode().orElse(Integer.MIN_VALUE));
        Fields.writeText(out, death.cause());
        var frame = death.problematicFrame();
        Fields.writeText(out, frame == null ? "" : frame);
        var file = death.errorFile();
        Fields.writeText(out, file == null ? "" : file.toString());
        Fields.writeTexts(out, death.lastOutput());
    }

    /// Reads an answer, which is not trusted: its records are complete, and as many as it says.
    ///
    /// @param bytes what [#toBytes] returned; if they begin their array, the records are not copied
    /// @return the answer
    /// @throws IOException if it is none
    public static Answer of(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        int from = bytes.arrayOffset() + bytes.position();
        byte[] array = from == 0 ? bytes.array()
                : Arrays.copyOfRange(bytes.array(), from, from + length);
        int end = length - Integer.BYTES;
        int tail = end < 0 ? -1 : ByteBuffer.wrap(array).getInt(end);
        if (tail < 0 || tail > end) {
            throw new IOException("these " + length + " bytes are not an answer");
        }
        int size = end - tail;
        try (var in = new DataInputStream(new ByteArrayInputStream(array, size, tail))) {
            int count = in.readInt();
            var notes = new ArrayList<Note>();
            for (int i = 0; i < count; i++) {
                notes.add(readNote(in));
            }
            var why = readEnd(in);
            int done = in.readInt();
            var ran = new Ran(in.readLong(), in.readLong(), in.readLong());
            if (Records.outcomes(array, size) != done) {
                throw new IOException("an answer does not have the " + done
                        + " outcomes that it says it has");
            }
            return new Answer(Fields.part(array, 0, size), done, ran, notes, why);
        }
    }

    private static Note readNote(DataInputStream in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case 0 -> new Note.Printed(in.readLong(), Fields.readArray(in), in.readLong());
            case 1 -> new Note.Emitted(in.readLong(), Fields.readArray(in));
            case 2 -> {
                int at = in.readInt();
                var stacks = Fields.readText(in);
                yield new Note.Expired(at, stacks.isEmpty() ? null : stacks);
            }
            default -> throw new IOException("there is no note of kind " + kind);
        };
    }

    private static End readEnd(DataInputStream in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case 0 -> new End.Through();
            case 1 -> new End.Died(readDeath(in));
            case 2 -> new End.Hopeless(Fields.readText(in));
            default -> throw new IOException("there is no end of kind " + kind);
        };
    }

    private static Death readDeath(DataInputStream in) throws IOException {
        long pid = in.readLong();
        int code = in.readInt();
        var cause = Fields.readText(in);
        var frame = Fields.readText(in);
        var file = Fields.readText(in);
        return new Death(pid, -1,
                code == Integer.MIN_VALUE ? OptionalInt.empty() : OptionalInt.of(code), cause,
                frame.isEmpty() ? null : frame, file.isEmpty() ? null : path(file),
                Fields.readTexts(in));
    }

    private static Path path(String file) throws IOException {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new IOException("a crash report cannot be at " + file, e);
        }
    }
}
