package dev.mitosis.bench.parts;

import dev.mitosis.internal.codec.Kind;
import dev.mitosis.internal.link.LinkMemory;
import dev.mitosis.internal.link.RingReader;
import dev.mitosis.internal.link.RingWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Both ends of a reply ring, through which numbers go as they do from a worker to its parent.
///
/// One thread at a time may write, and one read; they may be the same.
final class Ring implements AutoCloseable {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final int RECORD = 9; // a kind and a long
    private static final int MOST = 7_000 * RECORD; // bytes that are copied out at once

    private final LinkMemory memory;
    private final RingWriter writer;
    private final RingReader reader;

    // owned by whoever writes
    private final byte[] record = new byte[2 * RECORD]; // longer, since short ones go as words
    private int written; // of a record that is not whole yet

    // owned by whoever reads
    private final byte[] taken = new byte[MOST];

    /// Makes a ring in memory that is mapped, from a file that is gone as soon as that is done.
    Ring() {
        try {
            memory = mapped();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // constructors of benchmarks may throw no other
        }
        writer = memory.replyWriter();
        reader = memory.replyReader();
        record[0] = Kind.LONG;
    }

    private static LinkMemory mapped() throws IOException {
        var folder = Files.isDirectory(SHARED_MEMORY)
                ? Files.createTempDirectory(SHARED_MEMORY, "ring")
                : Files.createTempDirectory("ring");
        var file = folder.resolve("memory");
        try {
            return LinkMemory.create(file);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    RingWriter writer() {
        return writer;
    }

    RingReader reader() {
        return reader;
    }

    /// Writes a number and publishes it, if there is room for all of it.
    ///
    /// @return whether there was; if not, it is to be offered again
    boolean offer(long number) {
        if (written == 0 && writer.writeRecord(Kind.LONG, number, RECORD)) {
            writer.publish();
            return true;
        }
        // At the ring's edge, or it is full; a number's own bytes do not matter there.
        written += writer.write(record, written, RECORD - written);
        writer.publish();
        if (written < RECORD) {
            return false;
        }
        written = 0;
        return true;
    }

    /// Copies out what has come, and gives its room back.
    ///
    /// @return how many numbers, perhaps none
    int take() {
        int available = Math.min(reader.available(), MOST);
        if (available < RECORD) {
            return 0;
        }
        // The first may be cut by the ring's edge, and is not part of a run then.
        int count = 1 + reader.countRun(RECORD, Kind.LONG, RECORD, available - RECORD);
        reader.copy(0, taken, 0, count * RECORD);
        reader.release(count * RECORD);
        return count;
    }

    @Override
    public void close() {
        memory.close();
    }
}
