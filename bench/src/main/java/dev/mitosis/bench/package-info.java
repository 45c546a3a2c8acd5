/// Benchmarks.
@org.jspecify.annotations.NullMarked
package dev.mitosis.bench;
