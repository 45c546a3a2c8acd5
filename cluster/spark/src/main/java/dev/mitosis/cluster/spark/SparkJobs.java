package dev.mitosis.cluster.spark;

import dev.mitosis.agent.spark.SparkFrame;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.concurrent.ExecutionContext;
import scala.concurrent.ExecutionContext$;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/// Begins jobs of one task each, in a pool's name.
///
/// Spark runs what becomes of jobs in one thread, which must not be held up: what follows from
/// their ends is done in virtual threads.
///
/// @param context the application
/// @param properties what Spark is told of each job
/// @param threads runs what follows
record SparkJobs(SparkContext context, Map<String, String> properties, Executor threads) {
    /// What our jobs are called in Spark's user interface; the last ones spare it a stack trace.
    private static final Map<String, String> PROPERTIES = Map.of(
            "spark.jobGroup.id", "Mitosis",
            "spark.job.description", "Mitosis",
            "spark.job.interruptOnCancel", "true",
            "callSite.short", "frames of a Mitosis pool",
            "callSite.long", "");

    private static final Seq<Object> PARTITIONS =
            CollectionConverters.asScala(List.<Object>of(0)).toSeq();

    // which of a fair scheduler's pools a thread's jobs are in
    private static final String SCHEDULER_POOL = "spark.scheduler.pool";

    /// Returns what begins jobs, in the scheduler's pool of the thread that asks.
    static SparkJobs of(SparkContext context) {
        var properties = new HashMap<>(PROPERTIES);
        var pool = context.getLocalProperty(SCHEDULER_POOL);
        if (pool != null) {
            properties.put(SCHEDULER_POOL, pool);
        }
        return new SparkJobs(context, Map.copyOf(properties), answering());
    }

    /// {@return virtual threads for what follows from answers and ends}
    static Executor answering() {
        return Thread.ofVirtual().name("mitosis-spark-answer")
                .inheritInheritableThreadLocals(false)::start;
    }

    /// Begins a job.
    ///
    /// @param frame what its task is given; asked for when the job has its name
    /// @param work what its task does
    /// @param job is told that it has begun and what the task has returned, and cancels it
    /// @param ended is told of its end once: why it has failed, or null
    void begin(Supplier<SparkFrame> frame, Function1<Iterator<byte[][]>, byte[]> work,
            SparkJob job, Consumer<@Nullable Throwable> ended) {
        try {
            SimpleFutureAction<BoxedUnit> begun = inOurName(() -> context.submitJob(
                    frame.get(), work, PARTITIONS,
                    (partition, bytes) -> unit(() -> job.returned(bytes)),
                    () -> BoxedUnit.UNIT));
            job.began(begun);
            begun.onComplete(end -> unit(() ->
                    ended.accept(end.isFailure() ? end.failed().get() : null)), afterwards());
        } catch (Exception | Error e) { // such as of a context that has been stopped
            threads.execute(() -> ended.accept(e)); // not by us: it may begin the next
        }
    }

    private ExecutionContext afterwards() {
        return ExecutionContext$.MODULE$.fromExecutor(threads);
    }

    private static BoxedUnit unit(Runnable done) {
        done.run();
        return BoxedUnit.UNIT;
    }

    /// Begins a job under our name, whatever jobs this thread begins for somebody else.
    private <T> T inOurName(Supplier<T> begin) {
        var before = new HashMap<String, String>();
        properties.forEach((key, value) -> {
            before.put(key, context.getLocalProperty(key));
            context.setLocalProperty(key, value);
        });
        try {
            return begin.get();
        } finally {
            before.forEach(context::setLocalProperty);
        }
    }
}
