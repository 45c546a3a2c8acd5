/// An array that several processes add up, and the memory that all of them take.
@org.jspecify.annotations.NullMarked
package dev.mitosis.bench.share;
