/// What Spark's executors load for a pool: one frame as an RDD, and the function that handles it.
///
/// Both are sent to executors in a jar of their own, together with [dev.mitosis.agent.Agent]. Their
/// driver uses them, too: what Spark serializes must be the same class on both sides.
@org.jspecify.annotations.NullMarked
package dev.mitosis.agent.spark;
