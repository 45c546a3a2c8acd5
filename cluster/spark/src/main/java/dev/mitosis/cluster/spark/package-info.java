/// Pools on Apache Spark: say [dev.mitosis.cluster.spark.SparkBackend] and nothing else changes.
///
/// A job is a single task, which carries one frame after the other while there are some.
@org.jspecify.annotations.NullMarked
package dev.mitosis.cluster.spark;
