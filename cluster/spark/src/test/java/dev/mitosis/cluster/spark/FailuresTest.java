package dev.mitosis.cluster.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.cluster.ClusterException;
import dev.mitosis.cluster.ClusterTransport.Failure;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What Spark says, as it was seen, and what it means.
class FailuresTest {
    private static final String TASK = "Job aborted due to stage failure: Task 0 in stage 1.0 failed 1 times, most"
            + " recent failure: Lost task 0.0 in stage 1.0 (TID 1) (127.0.0.1 executor 1): ";
    private static final String LOST = "ExecutorLostFailure (executor 1 exited caused by one of the running tasks)";

    @ParameterizedTest
    @ValueSource(strings = {
            LOST + " Reason: Command exited with code 137",
            LOST + " Reason: Executor heartbeat timed out after 123456 ms",
            "java.io.IOException: No space left on device\n\tat org.apache.serializer.Stream.flush",
            "java.io.IOException: org.apache.spark.SparkException: Failed to get broadcast_3_piece0 of broadcast_3"})
    void a_node_is_lost(String why) {
        assertEquals(Failure.NODE_LOST, Failures.classify(new SparkException(TASK + why + "\nDriver stacktrace:")));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "Job aborted due to stage failure: Serialized task 3:0 was 140509187 bytes, which exceeds max allowed:"
                    + " spark.rpc.message.maxSize (134217728 bytes). Consider increasing spark.rpc.message.maxSize or"
                    + " using broadcast variables for large values.",
            "Job aborted due to stage failure: Total size of serialized results of 1 tasks (1025.0 MiB) is bigger than"
                    + " spark.driver.maxResultSize (1024.0 MiB)",
            "Job 7 cancelled because SparkContext was shut down",
            TASK + "java.io.InvalidClassException: org.apache.spark.rdd.RDD; local class incompatible",
            TASK + "java.lang.ClassNotFoundException: dev.mitosis.agent.spark.SparkFrame"})
    void a_frame_is_refused(String why) {
        assertEquals(Failure.REJECTED, Failures.classify(new SparkException(why)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "[SPARK_JOB_CANCELLED] Job 4 cancelled part of cancelled job group Mitosis SQLSTATE: XXKDA",
            "[SPARK_JOB_CANCELLED] Job 5 cancelled because Stage 5 was cancelled SQLSTATE: XXKDA",
            "Job 6 cancelled as part of cancellation of all jobs"})
    void somebody_has_cancelled_a_frame(String why) {
        assertEquals(Failure.CANCELLED, Failures.classify(new SparkException(why)));
    }

    @Test
    void causes_count() {
        assertEquals(Failure.NODE_LOST, Failures.classify(new SparkException("Exception thrown in awaitResult: ",
                new SparkException(TASK + LOST))));
    }

    @Test
    void what_we_refuse_ourselves_is_refused() {
        assertEquals(Failure.REJECTED, Failures.classify(new ClusterException("a frame of 9 bytes is too large")));
    }
}
