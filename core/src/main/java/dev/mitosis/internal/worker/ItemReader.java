package dev.mitosis.internal.worker;

import dev.mitosis.internal.codec.ItemFrames;
import dev.mitosis.internal.codec.ValueReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// The items of an assignment: read back one by one, or produced by counting.
final class ItemReader {
    /// The link broke in the middle of an item: not the item's failure, but the end of the worker.
    static final class Broken extends UncheckedIOException {
        private static final long serialVersionUID = 1L;

        private final IOException link;

        Broken(IOException link) {
            super(link);
            this.link = link;
        }

        IOException link() {
            return link;
        }
    }

    private final @Nullable ValueReader reader;
    private final ItemFrames.@Nullable Reader frames;
    private long number;

    ItemReader(Assignment assignment, ClassLoader loader) throws IOException {
        var values = assignment.values();
        reader = values == null ? null : new ValueReader(values, loader, null);
        boolean one = assignment.most() >= (long) assignment.skip() + assignment.count();
        frames = values == null || one ? null : new ItemFrames.Reader(values, assignment.most());
        number = assignment.first();
        for (int i = 0; i < assignment.skip(); i++) {
            skip();
        }
    }

    /// {@return the next item}
    /// @throws dev.mitosis.NotReadableException if it cannot be read back
    /// @throws Broken if the link is
    @Nullable Object next() {
        if (reader == null) {
            return number++;
        }
        try {
            if (frames != null) {
                frames.beforeItem();
            }
            return reader.read();
        } catch (IOException e) {
            throw new Broken(e);
        }
    }

    /// Leaves out what is left of the frame that was read from last.
    void finish() throws IOException {
        if (frames != null) {
            frames.skipRest();
        }
    }

    void skip() throws IOException {
        if (reader == null) {
            number++;
            return;
        }
        if (frames != null) {
            frames.beforeItem();
        }
        reader.skip();
    }
}
