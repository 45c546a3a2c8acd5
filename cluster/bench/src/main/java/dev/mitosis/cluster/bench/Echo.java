package dev.mitosis.cluster.bench;

import java.io.Serializable;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/// What an executor does with a frame when nothing but the engine is measured: it gives it back.
public final class Echo extends AbstractFunction1<Iterator<byte[][]>, byte[]>
        implements Serializable {
    private static final long serialVersionUID = 1;

    /// Makes one.
    public Echo() {}

    @Override
    public byte[] apply(Iterator<byte[][]> frames) {
        return frames.next()[0];
    }
}
