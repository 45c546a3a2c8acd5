/// Pools and their frames on Apache Ignite.
@org.jspecify.annotations.NullMarked
package dev.mitosis.cluster.ignite;
