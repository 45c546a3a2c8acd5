package dev.mitosis.testing;

import dev.mitosis.RemoteLongOperator;
import dev.mitosis.internal.codec.Functions;
import dev.mitosis.spi.Items;
import dev.mitosis.spi.Job;
import dev.mitosis.spi.Lease;

/// The first lease of a worker, of consecutive numbers from 0; what becomes of it is left to the test.
public abstract class NumbersLease implements Lease {
    private final Job job;
    private final int count;

    /// Makes a lease.
    ///
    /// @param job the job
    /// @param count how many items
    protected NumbersLease(Job job, int count) {
        this.job = job;
        this.count = count;
    }

    /// {@return a job whose function returns each number itself}
    protected static Job identity() {
        RemoteLongOperator same = n -> n;
        var function = new Job.Function(1, Functions.encode(same), true);
        return new Job(1, "", Job.Verb.MAP_LONG, function, 0, null, false, false);
    }

    @Override
    public Job job() {
        return job;
    }

    @Override
    public Items items() {
        return new Items.Range(0);
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public long index() {
        return 0;
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public long ticket() {
        return 1;
    }

    @Override
    public long pid() {
        return 1;
    }

    @Override
    public void keep(int first) {}

    @Override
    public void ended(long runNanos) {}
}
