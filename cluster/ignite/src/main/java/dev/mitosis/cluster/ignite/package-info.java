/// The same calls on Apache Ignite.
///
/// Read [dev.mitosis.cluster.ignite.IgniteBackend].
@org.jspecify.annotations.NullMarked
package dev.mitosis.cluster.ignite;
