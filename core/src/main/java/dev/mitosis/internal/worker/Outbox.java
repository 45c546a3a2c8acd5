package dev.mitosis.internal.worker;

import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.internal.codec.Kind;
import dev.mitosis.internal.codec.ValueWriter;
import java.io.IOException;

/// Where a running worker says which item it runs and puts its outcomes, one after another.
///
/// The order is the verdict rule: [#begin] names the item, its outcome is written to the sink, and
/// [#commit] publishes that outcome before the next item begins.
public interface Outbox {
    /// Claims items, so that they cannot be taken back any more.
    ///
    /// @param ticket the ticket of the first
    /// @param count how many at most
    /// @param whole whether all or none are wanted
    /// @return how many; 0 if they have been taken back, with all that come after them
    default int claim(long ticket, int count, boolean whole) {
        return count;
    }

    /// Says that an item is about to run.
    ///
    /// @param ticket its number among all items of this worker
    /// @param index its place in the input of its call
    /// @return whether it may; false if it was cancelled before it started
    boolean begin(long ticket, long index);

    /// {@return whether [#begin] is wanted for each number of a fold, and not only now and then}
    default boolean isExact() {
        return false;
    }

    /// {@return where the next outcome record is to be written; never holds more than one item's}
    ByteSink sink();

    /// Publishes the outcome in the sink, empties the sink, and ends the item.
    ///
    /// The last outcome of an assignment may wait for the end of it, which follows at once.
    ///
    /// @param last whether it is the last of its assignment
    /// @throws IOException if the other side is gone
    void commit(boolean last) throws IOException;

    /// Writes a number as the outcome to the sink, and does what [#commit] does.
    ///
    /// @param kind the kind of a fixed record of four or eight bytes
    /// @param bits the number, or its raw bits
    /// @param last whether it is the last of its assignment
    /// @throws IOException if the other side is gone
    default void commit(byte kind, long bits, boolean last) throws IOException {
        if (kind == Kind.INT) {
            sink().putRecord(kind, (int) bits);
        } else {
            sink().putRecord(kind, bits);
        }
        commit(last);
    }

    /// Learns that the item that runs now has failed, before that is committed.
    ///
    /// @param index its place in the input of its call
    void failed(long index);

    /// Learns that this JVM has run out of memory of some kind: it is not to be trusted any longer.
    default void exhausted() {}

    /// Sends a message of the item that runs now, if anybody listens.
    ///
    /// @param index its place in the input of its call
    /// @param message the message
    void emit(long index, Object message);

    /// {@return a message as a value record}
    ///
    /// @param message the message
    /// @throws dev.mitosis.NotShippableException if it cannot travel
    /// @throws IllegalArgumentException if it is too large
    static byte[] emission(Object message) {
        var sink = new ByteSink(64);
        new ValueWriter(sink).write(message);
        var bytes = sink.toBytes();
        if (bytes.size() > Kind.MOST_EMITTED) {
            throw new IllegalArgumentException("a message of " + bytes.size()
                    + " bytes was emitted, and " + Kind.MOST_EMITTED
                    + " are the most; return what is larger");
        }
        return bytes.toArray();
    }

    /// {@return whether the item that runs now was cancelled or ran out of time}
    boolean isCancelled();
}
