package dev.mitosis.agent.spark;

import dev.mitosis.agent.Agent;
import java.io.Serializable;
import org.apache.spark.TaskKilledException;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/// What an executor does with a [SparkFrame]: has the [Agent] handle it.
public final class SparkWork extends AbstractFunction1<Iterator<byte[][]>, byte[]>
        implements Serializable {
    private static final long serialVersionUID = 1;

    /// Makes one.
    public SparkWork() {}

    @Override
    public byte[] apply(Iterator<byte[][]> frames) {
        try {
            return Agent.handle(frames.next());
        } catch (InterruptedException e) {
            throw killed(e);
        }
    }

    /// {@return what a task throws that was interrupted}
    ///
    /// It does not raise the interrupt again: the executor still has to send that it has ended.
    static TaskKilledException killed(InterruptedException cause) {
        var killed = new TaskKilledException("the pool has cancelled it");
        killed.initCause(cause);
        return killed;
    }
}
