/// The same calls on an existing distributed engine, whichever it is.
///
/// Read [dev.mitosis.cluster.ClusterTransport], which is all that is asked of an engine.
@org.jspecify.annotations.NullMarked
package dev.mitosis.cluster;
