package dev.mitosis.cluster.bench;

import dev.mitosis.agent.spark.SparkFrame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import scala.concurrent.ExecutionContext;
import scala.concurrent.ExecutionContext$;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/// Spark alone: the same jobs as a pool's, but the executor gives the bytes back at once.
final class Engine {
    /// As a pool's jobs have them: a stack trace of each submission would be slower.
    private static final Map<String, String> PROPERTIES = Map.of(
            "spark.jobGroup.id", "engine", "spark.job.description", "engine",
            "spark.job.interruptOnCancel", "true",
            "callSite.short", "frame", "callSite.long", "");

    private final SparkContext context;
    private final Echo echo = new Echo();
    private final ExecutionContext threads =
            ExecutionContext$.MODULE$.fromExecutor(Thread.ofVirtual()::start);

    Engine(SparkContext context) {
        this.context = context;
    }

    /// Has frames echoed, so many at a time.
    ///
    /// @return how many came back whole
    int echo(byte[] frame, int count, int window) throws InterruptedException {
        PROPERTIES.forEach(context::setLocalProperty);
        var whole = new AtomicInteger();
        var free = new Semaphore(window);
        for (int i = 0; i < count; i++) {
            free.acquire();
            begin(frame, whole, free);
        }
        free.acquire(window);
        return whole.get();
    }

    private void begin(byte[] frame, AtomicInteger whole, Semaphore free) {
        var rdd = new SparkFrame(context, List.of(ByteBuffer.wrap(frame)), List.of());
        var job = context.submitJob(rdd, echo,
                CollectionConverters.asScala(List.<Object>of(0)).toSeq(),
                (partition, answer) -> count(answer, frame, whole), () -> BoxedUnit.UNIT);
        job.onComplete((Try<BoxedUnit> result) -> {
            free.release();
            return BoxedUnit.UNIT;
        }, threads);
    }

    private static BoxedUnit count(byte[] answer, byte[] frame, AtomicInteger whole) {
        if (answer.length == frame.length) {
            whole.incrementAndGet();
        }
        return BoxedUnit.UNIT;
    }
}
