package dev.mitosis.internal.codec;

import dev.mitosis.spi.Items;
import java.io.IOException;
import java.io.StreamCorruptedException;
import org.jspecify.annotations.Nullable;

/// The heads of frames between value records, so that no frame holds more items than was asked for.
///
/// ```text
/// items of the first frame | length long, MORE byte | items of the next | length long, ...
/// ```
/// All frames but the last are full. The first one's head is that of the lease.
public final class ItemFrames {
    /// The type of a frame that goes on with the items of the lease before it.
    public static final byte MORE = 5;

    private ItemFrames() {}

    /// Writes heads; for one thread.
    public static final class Writer {
        private final ByteSink sink;
        private final int most;
        private ByteSink.@Nullable Mark head; // of the frame that is open, unless it is the first
        private int items; // in the frame that is open
        private long begin;
        private ByteSink.@Nullable Mark before; // the same for the frame before
        private long beginBefore;
        private long first;

        /// Makes a writer.
        ///
        /// @param sink where the items go
        /// @param most how many items a frame may have at most
        public Writer(ByteSink sink, int most) {
            this.sink = sink;
            this.most = most;
        }

        /// Makes place for one more item.
        public void beforeItem() {
            if (items == most) {
                close();
                before = head;
                beginBefore = begin;
                head = sink.mark();
                sink.putLong(0);
                begin = sink.size();
                sink.putByte(MORE);
                items = 0;
            }
            items++;
        }

        /// {@return for how many more items there is place before the next head}
        public int room() {
            return most - items;
        }

        /// Takes places for items that were written without a head between them.
        ///
        /// @param count how many, at most [#room]
        public void wrote(int count) {
            items += count;
        }

        /// Takes back the place of an item that was not written.
        public void dropItem() {
            items--;
            if (items == 0 && head != null) {
                sink.truncate(head);
                head = before;
                begin = beginBefore;
                items = most;
            }
        }

        private void close() {
            if (head == null) {
                first = sink.size();
            } else {
                sink.patchLong(head, sink.size() - begin);
            }
        }

        /// Ends the last frame.
        ///
        /// @return how the items are divided
        public Items.Frames end() {
            close();
            return head == null ? Items.Frames.ONE : new Items.Frames(most, first);
        }
    }

    /// Reads over heads; for one thread.
    public static final class Reader {
        private final ByteSource source;
        private final int most;
        private int left;
        private long end; // of a frame other than the first

        /// Makes a reader.
        ///
        /// @param source where the items are read from
        /// @param most how many items a frame has at most
        public Reader(ByteSource source, int most) {
            this.source = source;
            this.most = most;
            this.left = most;
        }

        /// Goes to the next item, over the head of its frame if it is the first there.
        ///
        /// @throws IOException if there is no such head
        public void beforeItem() throws IOException {
            if (left == 0) {
                long length = source.readLong();
                end = source.position() + length;
                if (source.readByte() != MORE) {
                    throw new StreamCorruptedException("no frame follows, but items are missing");
                }
                left = most;
            }
            left--;
        }

        /// Leaves out what is left of a frame; of the first one its reader knows the end.
        ///
        /// @throws IOException if there is not so much
        public void skipRest() throws IOException {
            if (end > source.position()) {
                source.skip(end - source.position());
            }
        }
    }
}
