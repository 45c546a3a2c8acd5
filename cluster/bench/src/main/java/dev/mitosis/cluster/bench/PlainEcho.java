package dev.mitosis.cluster.bench;

import java.io.Serializable;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/// What an executor does with an array that a program has made parallel: it gives it back.
public final class PlainEcho extends AbstractFunction1<Iterator<byte[]>, byte[]>
        implements Serializable {
    private static final long serialVersionUID = 1;

    /// Makes one.
    public PlainEcho() {}

    @Override
    public byte[] apply(Iterator<byte[]> arrays) {
        return arrays.next();
    }
}
