/// What runs in an engine's JVM for a pool: takes frames, starts a host beside it, hands them on.
///
/// Read [dev.mitosis.agent.Agent], then [dev.mitosis.agent.Frame] and [dev.mitosis.agent.Reply].
/// All of it is Java 17 and needs nothing but the JDK, since engines still run on that; what a user
/// has written runs in the workers of the [dev.mitosis.agent.Host], and never here.
@org.jspecify.annotations.NullMarked
package dev.mitosis.agent;
