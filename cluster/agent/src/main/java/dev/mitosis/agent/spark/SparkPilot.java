package dev.mitosis.agent.spark;

import dev.mitosis.agent.Agent;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.util.RpcUtils;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/// A task that asks the driver for one frame after the other, until it is told to leave.
///
/// It speaks through the connection that the executor and the driver have anyway, with whatever
/// authentication and encryption that has. Both say nothing but arrays of bytes, since Spark reads
/// what comes there without the classes of this application.
///
/// ```text
/// to the driver | pilot, long; leg, long | answer of that leg, or nothing before the first |
/// back          | leg, long | the frame, in pieces; or nothing at all: leave |
/// task's result | answer, and behind it the leg, long; or nothing |
/// ```
/// A leg is a flight of this pilot's with a frame. A long answer is what the task returns, and its
/// last: Spark has ways for those, and limits.
public final class SparkPilot extends AbstractFunction1<Iterator<byte[][]>, byte[]>
        implements Serializable {
    private static final long serialVersionUID = 1;
    private static final byte[] NOTHING = {};
    private static final int LONG = 16 << 20; // bytes of an answer
    private static final ClassTag<byte[][]> PIECES = ClassTag$.MODULE$.apply(byte[][].class);

    /// What a pilot asks of its driver.
    ///
    /// @param pilot who it is
    /// @param leg which leg is over; 0 if none is
    /// @param answer to the frame of that leg, or null
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    public record Question(long pilot, long leg, byte @Nullable [] answer) {
        private static final int HEAD = 2 * Long.BYTES;

        /// {@return whether these are the words of one}
        ///
        /// @param words what has come
        public static boolean isOne(byte[][] words) {
            return (words.length == 1 || words.length == 2) && words[0].length == HEAD;
        }

        /// Reads one.
        ///
        /// @param words of which [#isOne] is true
        /// @return the question
        public static Question of(byte[][] words) {
            var head = ByteBuffer.wrap(words[0]);
            return new Question(head.getLong(), head.getLong(),
                    words.length == 1 ? null : words[1]);
        }

        byte[][] words() {
            byte[] head = ByteBuffer.allocate(HEAD).putLong(pilot).putLong(leg).array();
            return answer == null ? new byte[][] {head} : new byte[][] {head, answer};
        }
    }

    /// A driver's desk as this executor has found it.
    private record Found(String desk, RpcEndpointRef ref) {}

    // Finding one takes as long as asking it. Written by any task; that of another pool finds its
    // own again, and the last one stays.
    private static volatile @Nullable Found last;

    private final String desk;
    private final long number;

    /// Makes one.
    ///
    /// @param desk the name of the endpoint that it asks
    /// @param number who it is
    public SparkPilot(String desk, long number) {
        this.desk = desk;
        this.number = number;
    }

    @Override
    public byte[] apply(Iterator<byte[][]> nothing) {
        try {
            return fly(driver());
        } catch (InterruptedException e) {
            throw SparkWork.killed(e);
        }
    }

    private RpcEndpointRef driver() {
        var found = last;
        if (found == null || !found.desk().equals(desk)) {
            var env = SparkEnv.get();
            found = new Found(desk, RpcUtils.makeDriverRef(desk, env.conf(), env.rpcEnv()));
            last = found;
        }
        return found.ref();
    }

    /// {@return a long answer and its leg, or nothing}
    private byte[] fly(RpcEndpointRef driver) throws InterruptedException {
        byte[][] told = ask(driver, new Question(number, 0, null));
        while (told.length > 0) {
            long leg = ByteBuffer.wrap(told[0]).getLong();
            byte[] answer = Agent.handle(Arrays.copyOfRange(told, 1, told.length));
            if (answer.length > LONG) {
                return ByteBuffer.wrap(Arrays.copyOf(answer, answer.length + Long.BYTES))
                        .putLong(answer.length, leg).array();
            }
            told = ask(driver, new Question(number, leg, answer));
        }
        return NOTHING;
    }

    /// Returns what a pilot is told that is to fly.
    ///
    /// @param leg the number of this flight
    /// @param frame what it carries
    /// @return the words
    public static byte[][] words(long leg, List<ByteBuffer> frame) {
        var all = new ArrayList<ByteBuffer>();
        all.add(ByteBuffer.allocate(Long.BYTES).putLong(0, leg));
        all.addAll(frame);
        return SparkFrame.arrays(all);
    }

    /// {@return which leg's long answer a task has returned}
    ///
    /// @param result of the task, not empty
    public static long leg(byte[] result) {
        return ByteBuffer.wrap(result).getLong(result.length - Long.BYTES);
    }

    /// {@return the long answer that a task has returned}
    ///
    /// @param result of the task, not empty
    public static byte[] answer(byte[] result) {
        return Arrays.copyOf(result, result.length - Long.BYTES);
    }

    /// Asks, and waits for what the driver says: it answers within a moment, if only to send us
    /// away. If it cannot, Spark's time-out for questions ends the task; a kill interrupts it.
    private static byte[][] ask(RpcEndpointRef driver, Question question)
            throws InterruptedException {
        return driver.askSync(question.words(), PIECES);
    }
}
