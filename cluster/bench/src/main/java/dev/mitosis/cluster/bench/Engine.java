package dev.mitosis.cluster.bench;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import scala.concurrent.ExecutionContext;
import scala.concurrent.ExecutionContext$;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/// Spark alone: a job for each frame, whose executor gives the bytes back at once.
final class Engine {
    /// Begins the job of a frame.
    interface Jobs {
        SimpleFutureAction<BoxedUnit> begin(
                SparkContext context, byte[] frame, Answers answers);
    }

    /// Takes the bytes that have come back; called by Spark before the job has ended.
    interface Answers {
        void come(byte[] bytes);
    }

    private final SparkContext context;
    private final Jobs jobs;
    private final ExecutionContext threads =
            ExecutionContext$.MODULE$.fromExecutor(Thread.ofVirtual()::start);

    Engine(SparkContext context, Jobs jobs) {
        this.context = context;
        this.jobs = jobs;
    }

    /// Has frames echoed, so many at a time.
    ///
    /// @return how many came back whole
    int echo(byte[] frame, int count, int window) throws InterruptedException {
        var whole = new AtomicInteger();
        var free = new Semaphore(window);
        for (int i = 0; i < count; i++) {
            free.acquire();
            var job = jobs.begin(context, frame, answer ->
                    whole.addAndGet(answer.length == frame.length ? 1 : 0));
            job.onComplete((Try<BoxedUnit> result) -> {
                free.release();
                return BoxedUnit.UNIT;
            }, threads);
        }
        free.acquire(window);
        return whole.get();
    }
}
