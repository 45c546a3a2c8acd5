package dev.mitosis.internal.worker;

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
    private long number;

    ItemReader(Assignment assignment, ClassLoader loader) throws IOException {
        var values = assignment.values();
        reader = values == null ? null : new ValueReader(values, loader, null);
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
            return reader.read();
        } catch (IOException e) {
            throw new Broken(e);
        }
    }

    void skip() throws IOException {
        if (reader == null) {
            number++;
        } else {
            reader.skip();
        }
    }
}
