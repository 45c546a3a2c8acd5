package dev.mitosis.bench.hosted;

import dev.mitosis.share.SharedBarrier;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;

/// A job that begins when all others do, and tells when that was.
///
/// @param start where they wait for each other
/// @param job the job
record Timed(SharedBarrier start, Job job) implements Serializable {
    /// When it began and ended, by the clock that all processes of a machine have in common.
    record Span(long begin, long end) implements Serializable {}

    Span run() throws InterruptedException, BrokenBarrierException {
        start.await();
        long begin = System.nanoTime();
        job.run();
        return new Span(begin, System.nanoTime());
    }

    /// {@return how long all took together, seconds}
    static double seconds(List<Span> spans) {
        long begin = spans.stream().mapToLong(Span::begin).min().orElseThrow();
        return spans.stream().mapToLong(span -> span.end() - begin).max().orElseThrow() / 1e9;
    }
}
