package dev.mitosis.bench.storm;

import dev.mitosis.WorkerContext;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What one worker process began and finished in one storm: marks in a file that it maps.
///
/// ```text
///  0        8              16             24             64
///  +--------+--------------+--------------+--------------+------+------+------ -
///  | seat+1 | opened, ns   | in step, ns  | zero         | mark | mark | 0 ...
///  +--------+--------------+--------------+--------------+------+------+------ -
///  mark = (item + 1) * 2, plus 1 at its end
/// ```
/// A mark is one store of eight bytes into memory of the kernel: it is there or not, whatever
/// becomes of the process. Only the thread that runs items writes.
final class Ledger {
    static final int SEAT = 0;
    static final int OPENED = 8;
    static final int IN_STEP = 16;
    static final int MARKS = 64;

    /// After how many items a worker is in step: HotSpot compiles what has been called 200 times,
    /// and until that is done each item takes longer.
    static final int STEP = 500;

    static final String SUFFIX = ".ledger";

    // what the one thread that runs items in this process writes to; a worker serves many storms
    private static final AtomicReference<@Nullable Ledger> CURRENT = new AtomicReference<>();

    private final String folder;
    private final LongBuffer memory; // a new worker compiles less for it than for a buffer of bytes

    // owned by the thread that runs items
    private int position = MARKS / Long.BYTES;
    private int ended;

    private Ledger(String folder, LongBuffer memory) {
        this.folder = folder;
        this.memory = memory;
    }

    /// Returns this process's ledger of a storm, which is made at its first item.
    static Ledger in(String folder, int room) throws IOException {
        var current = CURRENT.get();
        if (current == null || !current.folder.equals(folder)) {
            current = open(folder, room);
            CURRENT.set(current);
        }
        return current;
    }

    private static Ledger open(String folder, int room) throws IOException {
        var file = Path.of(folder, ProcessHandle.current().pid() + SUFFIX);
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // The rest of the file is a hole: only what is written takes room.
            // By an arena: a buffer mapped without one takes 20 ms of reflection in a new JVM.
            var memory = channel.map(FileChannel.MapMode.READ_WRITE, 0,
                    MARKS + (long) room * Long.BYTES, Arena.ofAuto())
                    .asByteBuffer().order(ByteOrder.nativeOrder()).asLongBuffer();
            memory.put(OPENED / Long.BYTES, System.nanoTime());
            memory.put(SEAT / Long.BYTES, WorkerContext.current().worker() + 1L);
            return new Ledger(folder, memory);
        }
    }

    void begin(int item) {
        mark((item + 1L) * 2);
    }

    void end(int item) {
        mark((item + 1L) * 2 + 1);
        ended++;
        if (ended == STEP) {
            memory.put(IN_STEP / Long.BYTES, System.nanoTime());
        }
    }

    private void mark(long mark) {
        memory.put(position, mark);
        VarHandle.releaseFence(); // never a mark without the one before
        position++;
    }
}
