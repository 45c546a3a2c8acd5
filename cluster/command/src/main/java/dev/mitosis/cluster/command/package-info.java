/// What the command loads for `--cluster`, and only then: the one place that knows both it and
/// Spark.
@org.jspecify.annotations.NullMarked
package dev.mitosis.cluster.command;
