/// Locks, queues, counters and hosted objects, beside those of Python's `multiprocessing`.
@org.jspecify.annotations.NullMarked
package dev.mitosis.bench.hosted;
