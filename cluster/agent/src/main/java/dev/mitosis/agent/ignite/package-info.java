/// What Apache Ignite runs on its nodes for a pool, and a node to try it with.
///
/// The jar lies on the members' class path and is not loaded from the driver: what peer class
/// loading brings is dropped when the driver leaves, and the agent's hosts with it.
@org.jspecify.annotations.NullMarked
package dev.mitosis.agent.ignite;
