package dev.mitosis.agent.spark;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.Dependency;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.rdd.RDD;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.collection.Iterator$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/// One frame, as the RDD of a job: a single partition with a single element. That of a pilot is
/// empty.
///
/// Spark's own `makeRDD` would write the frame with whatever serializer the user has chosen, which
/// may know neither its collections nor its size. The frame is in the partition, and not in the
/// RDD, since that is broadcast.
public final class SparkFrame extends RDD<byte[][]> {
    private static final long serialVersionUID = 1;

    private final transient @Nullable List<ByteBuffer> frame; // null on executors
    private final transient @Nullable List<String> places; // null on executors

    /// Makes one.
    ///
    /// @param context whose job it is for
    /// @param frame the bytes, which must not change until it is through
    /// @param places where it had better run, as Spark's task locations; may be empty
    public SparkFrame(SparkContext context, List<ByteBuffer> frame, List<String> places) {
        super(context, CollectionConverters.asScala(List.<Dependency<?>>of()).toSeq(),
                ClassTag$.MODULE$.apply(byte[][].class));
        this.frame = frame;
        this.places = List.copyOf(places);
    }

    @Override
    public Partition[] getPartitions() {
        if (frame == null) {
            throw new IllegalStateException("only the driver has the frame");
        }
        return new Partition[] {new Part(arrays(frame))};
    }

    /// Returns pieces as Spark's serializer can write them; copies those that are part of an array.
    ///
    /// @param pieces the pieces
    /// @return the arrays
    public static byte[][] arrays(List<ByteBuffer> pieces) {
        return pieces.stream().map(SparkFrame::array).toArray(byte[][]::new);
    }

    private static byte[] array(ByteBuffer piece) {
        var array = piece.array();
        if (piece.remaining() == array.length) {
            return array;
        }
        int from = piece.arrayOffset() + piece.position();
        return Arrays.copyOfRange(array, from, from + piece.remaining());
    }

    @Override
    public Seq<String> getPreferredLocations(Partition partition) {
        return CollectionConverters.asScala(places == null ? List.<String>of() : places).toSeq();
    }

    @Override
    public Iterator<byte[][]> compute(Partition partition, TaskContext context) {
        // One that is killed before Spark knows its thread is marked, and never interrupted.
        if (context.isInterrupted()) {
            throw new TaskKilledException("the pool has cancelled it");
        }
        return Iterator$.MODULE$.single(((Part) partition).pieces);
    }

    private static final class Part implements Partition {
        private static final long serialVersionUID = 1;

        private final byte[][] pieces;

        Part(byte[]... pieces) {
            this.pieces = pieces;
        }

        @Override
        public int index() {
            return 0;
        }
    }
}
