/// Pools on Apache Spark: say [dev.mitosis.cluster.spark.SparkBackend] and nothing else changes.
///
/// Each frame is a job of a single task, so that frames need not wait for each other.
@org.jspecify.annotations.NullMarked
package dev.mitosis.cluster.spark;
