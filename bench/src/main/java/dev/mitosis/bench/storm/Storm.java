package dev.mitosis.bench.storm;

import dev.mitosis.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// One call over many items, while workers are killed.
///
/// @param kind how the call is made
/// @param items how many items
/// @param kills how many workers are killed; 0 for a quiet run
/// @param rounds how much work an item is, see [StormItem]
/// @param seed decides on victims and moments
record Storm(Kind kind, int items, int kills, long rounds, long seed) {
    /// The kinds of storms, in the order in which they are run.
    static final List<Kind> KINDS = List.of(
            new Kind(Reading.OUTCOMES, 0, 0),
            new Kind(Reading.OUTCOMES, 100, 0),
            new Kind(Reading.IMAP, 0, 0),
            new Kind(Reading.IMAP, 100, 0),
            new Kind(Reading.UNORDERED, 0, 0),
            new Kind(Reading.UNORDERED, 100, 0),
            new Kind(Reading.OUTCOMES, 0, 20),
            new Kind(Reading.OUTCOMES, 100, 20),
            new Kind(Reading.UNORDERED, 0, 20),
            new Kind(Reading.UNORDERED, 100, 20));

    /// How a call is made.
    ///
    /// @param reading the verb
    /// @param chunk the chunk size, or 0 for an adaptive one
    /// @param retries how often an item is tried again
    record Kind(Reading reading, int chunk, int retries) {
        @Override
        public String toString() {
            return switch (reading) {
                case OUTCOMES -> "outcomes";
                case IMAP -> "imap";
                case UNORDERED -> "imapUnordered";
            } + (chunk == 0 ? ", adaptive" : ", chunks of " + chunk)
                    + (retries == 0 ? "" : ", retries");
        }
    }

    /// Makes the call and reads all its results.
    Report run(Pool pool) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("kill-storm");
        try {
            return run(pool, folder);
        } finally {
            delete(folder);
        }
    }

    private Report run(Pool pool, Path folder) throws IOException, InterruptedException {
        var input = IntStream.range(0, items).boxed().toList();
        // Two marks an item, and as many again for what is tried again.
        var item = new StormItem(folder.toString(), items * 4, rounds);
        var view = pool.with(o -> kind.chunk() == 0 ? o.withRetries(kind.retries())
                : o.withRetries(kind.retries()).withChunkSize(kind.chunk()));

        var killer = Killer.start(pool, kills, items, seed);
        var seen = new Seen(items, kind.reading().isOrdered(), killer::reached);
        long began = System.nanoTime();
        double seconds;
        try {
            kind.reading().read(view, item, input, seen);
            seconds = (System.nanoTime() - began) / 1e9;
        } finally {
            killer.end();
        }
        return Report.of(this, seconds, seen, killer.kills(), Book.readAll(folder));
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
