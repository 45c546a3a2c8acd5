/// What a very long call would take on many nodes, by simulation: there is no cluster here.
@org.jspecify.annotations.NullMarked
package dev.mitosis.bench.scale;
