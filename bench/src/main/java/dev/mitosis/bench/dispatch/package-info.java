/// What the dispatcher alone costs, with simulated workers: no process, no bytes.
@org.jspecify.annotations.NullMarked
package dev.mitosis.bench.dispatch;
