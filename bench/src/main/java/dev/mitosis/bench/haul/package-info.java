/// A very long stream of numbers in bounded memory.
@org.jspecify.annotations.NullMarked
package dev.mitosis.bench.haul;
