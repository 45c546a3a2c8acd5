package dev.mitosis.cluster.bench;

import dev.mitosis.bench.common.Heap;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/// A lazy input that is much longer than what fits into this JVM.
final class HaulPart {
    private static final long ITEMS = 10_000_000;
    private static final long LOOK = 1_000_000; // items between two looks at the heap
    private static final int WINDOW = 80_000;

    private HaulPart() {}

    static Map<String, Object> measure(String master) throws InterruptedException {
        var taken = new AtomicLong();
        Iterator<Long> source = LongStream.range(0, ITEMS)
                .peek(n -> taken.incrementAndGet()).iterator();
        var heap = new ArrayList<Double>();
        long most = 0;
        long handed = 0;
        long wrong = 0;
        long looking = 0;
        try (var pool = ClusterMain.open(master)) {
            long begin = System.nanoTime();
            try (var results = pool.with(o -> o.withWindow(WINDOW))
                    .imap(n -> n + 1, (Iterable<Long>) () -> source)) {
                while (results.hasNext()) {
                    wrong += results.next() == handed + 1 ? 0 : 1;
                    handed++;
                    most = Math.max(most, taken.get() - handed);
                    if (handed % LOOK == 0) {
                        long before = System.nanoTime();
                        heap.add(Heap.usedMiB());
                        looking += System.nanoTime() - before;
                    }
                }
            }
            return figures((System.nanoTime() - begin - looking) / 1e9, heap, most,
                    wrong == 0 && handed == ITEMS && most <= WINDOW);
        }
    }

    private static Map<String, Object> figures(
            double seconds, List<Double> heap, long most, boolean right) {
        System.out.printf(Locale.ROOT, "%d items through imap in %.1f s; live heap %s MiB;"
                + " at most %d under way of %d; %s%n", ITEMS, seconds,
                heap.stream().map(Math::round).toList(), most, WINDOW, right ? "right" : "WRONG");
        return new LinkedHashMap<>(Map.of("items", ITEMS, "s", seconds, "live_heap_mib", heap,
                "window", WINDOW, "most_under_way", most,
                "heap_limit_mib", Runtime.getRuntime().maxMemory() >> 20, "right", right));
    }
}
