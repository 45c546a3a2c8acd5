package dev.mitosis.bench.hosted;

import java.util.Arrays;
import java.util.Locale;

/// What workers do again and again.
enum Work {
    /// All take and release one lock, and add 1 to a plain number while they hold it.
    LOCK_CONTENDED,

    /// One does.
    LOCK,

    /// One puts numbers into a queue of 100, another takes them.
    QUEUE,

    /// One adds 1 to a number, as one step for all processes.
    GET_AND_ADD,

    /// One adds 1 to a counter.
    COUNTER,

    /// One calls an object of another process, which adds 1 to a number.
    CALL;

    /// {@return its name in options, tables and files}
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Work of(String words) {
        return Arrays.stream(values()).filter(work -> work.words().equals(words)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no work is named " + words
                        + ", but " + Arrays.stream(values()).map(Work::words).toList()));
    }

    /// {@return how many workers it takes}
    ///
    /// @param most how many there may be
    int workers(int most) {
        return switch (this) {
            case LOCK_CONTENDED -> most;
            case QUEUE -> 2;
            case LOCK, GET_AND_ADD, COUNTER, CALL -> 1;
        };
    }
}
