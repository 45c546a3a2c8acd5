package dev.mitosis.examples;

import dev.mitosis.Pool;
import dev.mitosis.share.Hosted;
import dev.mitosis.share.SharedCounter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;

/// One side produces pages, the other consumes them, with room for four of them in between.
///
/// It prints:
///
/// ```text
/// 100 pages, 590 characters
/// ```
final class Crawl {
    private Crawl() {}

    // @start region="crawl"
    static void main() {
        try (Pool pool = Pool.open(2)) {
            BlockingQueue<Optional<String>> pages = Hosted.queue(pool, 4);
            SharedCounter characters = Hosted.counter(pool);

            List<Integer> counts = pool.map(
                    side -> side.equals("fetch") ? fetch(pages) : read(pages, characters),
                    List.of("fetch", "read"));
            IO.println(counts.getLast() + " pages, " + characters.get() + " characters");
        }
    }

    private static int fetch(BlockingQueue<Optional<String>> pages) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            pages.put(Optional.of("page" + i)); // waits while four are there
        }
        pages.put(Optional.empty());
        return 0;
    }

    private static int read(BlockingQueue<Optional<String>> pages, SharedCounter characters)
            throws InterruptedException {
        int count = 0;
        Optional<String> page = pages.take();
        while (page.isPresent()) {
            count++;
            characters.getAndAdd(page.get().length());
            page = pages.take();
        }
        return count;
    }
    // @end
}
