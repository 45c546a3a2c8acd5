/// What single parts of the hot path cost, by JMH; `bench/parts` runs them.
@org.jspecify.annotations.NullMarked
package dev.mitosis.bench.parts;
