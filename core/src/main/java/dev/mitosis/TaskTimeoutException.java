package dev.mitosis;

import java.time.Duration;

/// An item ran longer than its time-out; its worker was interrupted and, if need be, killed.
public final class TaskTimeoutException extends ItemException {
    private static final long serialVersionUID = 1L;

    private final Duration limit;
    private final String stackDump;

    /// Reports that an item ran too long.
    ///
    /// @param facts the item
    /// @param limit the time-out
    /// @param stackDump the worker's threads before it was stopped, or why there is no dump
    public TaskTimeoutException(Facts facts, Duration limit, String stackDump) {
        super(facts, facts + " ran longer than its time-out of " + limit + " in worker process "
                + facts.pid() + "; the worker's stack was:\n" + stackDump, null);
        this.limit = limit;
        this.stackDump = stackDump;
    }

    /// {@return the time-out}
    public Duration limit() {
        return limit;
    }

    /// {@return the worker's threads just before it was stopped, or why there is no dump}
    public String stackDump() {
        return stackDump;
    }
}
