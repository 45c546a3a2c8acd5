package dev.mitosis.cluster.bench;

import dev.mitosis.agent.spark.SparkFrame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/// Two ways to have Spark run a frame as a job of one task.
final class EngineJobs {
    /// As a pool's jobs have them: a stack trace of each submission would be slower.
    private static final Map<String, String> PROPERTIES = Map.of(
            "spark.jobGroup.id", "engine", "spark.job.description", "engine",
            "spark.job.interruptOnCancel", "true",
            "callSite.short", "frame", "callSite.long", "");

    private static final Seq<Object> PARTITIONS =
            CollectionConverters.asScala(List.<Object>of(0)).toSeq();
    private static final ClassTag<byte[]> BYTES = ClassTag$.MODULE$.apply(byte[].class);

    private EngineJobs() {}

    /// As a program says it that uses nothing but Spark: a collection of one, made parallel.
    static SimpleFutureAction<BoxedUnit> plain(
            SparkContext context, byte[] frame, Engine.Answers answers) {
        PROPERTIES.keySet().forEach(name -> context.setLocalProperty(name, null));
        var frames = CollectionConverters.asScala(List.of(frame)).toSeq();
        return context.submitJob(context.parallelize(frames, 1, BYTES), new PlainEcho(),
                PARTITIONS, (partition, answer) -> took(answers, answer), () -> BoxedUnit.UNIT);
    }

    /// The cheapest job that we know of: what a pool begins, with the frame along.
    static SimpleFutureAction<BoxedUnit> lean(
            SparkContext context, byte[] frame, Engine.Answers answers) {
        PROPERTIES.forEach(context::setLocalProperty);
        var rdd = new SparkFrame(context, List.of(ByteBuffer.wrap(frame)), List.of());
        return context.submitJob(rdd, new Echo(),
                PARTITIONS, (partition, answer) -> took(answers, answer), () -> BoxedUnit.UNIT);
    }

    private static BoxedUnit took(Engine.Answers answers, byte[] answer) {
        answers.come(answer);
        return BoxedUnit.UNIT;
    }
}
