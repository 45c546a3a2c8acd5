/// What a pool on a Spark cluster costs, and what it survives.
@org.jspecify.annotations.NullMarked
package dev.mitosis.cluster.bench;
