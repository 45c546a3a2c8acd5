package dev.mitosis.bench.torture;

import java.util.concurrent.ExecutionException;

/// The verbs, and ways to use them, that a call may be made with.
enum Verb {
    APPLY(SingleVerbs::apply, true),
    APPLY_ASYNC(SingleVerbs::applyAsync, true),
    APPLY_ASYNC_AND_CANCEL(SingleVerbs::applyAndCancel, true),
    EXECUTOR(SingleVerbs::invokeAll, true),
    MAP(ListVerbs::map, true),
    MAP_ASYNC(ListVerbs::mapAsync, true),
    MAP_ASYNC_AND_CANCEL(ListVerbs::mapAndCancel, true),
    STARMAP(ListVerbs::starmap, true),
    MAP_TO_LONG(ListVerbs::mapToLong, false),
    MAP_REDUCE(ListVerbs::mapReduce, false),
    MAP_REDUCE_LONG(ListVerbs::mapReduceLong, false),
    IMAP(LazyVerbs::imap, true),
    IMAP_AND_CLOSE(LazyVerbs::imapAndClose, true),
    IMAP_AND_FORGET(LazyVerbs::imapAndForget, true),
    IMAP_OF_BAD_INPUT(LazyVerbs::imapOfBadInput, true),
    IMAP_UNORDERED(LazyVerbs::imapUnordered, true),
    IMAP_TO_LONG(LazyVerbs::imapToLong, false),
    OUTCOMES(LazyVerbs::outcomes, true),
    OUTCOMES_UNTIL_HALT(LazyVerbs::outcomesUntilHalt, true),
    GATHERER(LazyVerbs::gather, true);

    /// Makes a call and judges what comes of it.
    @FunctionalInterface
    interface Use {
        /// Makes it.
        ///
        /// @param call what to call
        /// @param court who judges
        void make(Call call, Court court) throws InterruptedException, ExecutionException;
    }

    @SuppressWarnings("ImmutableEnumChecker") // references to static methods, all of them
    private final Use use;
    private final boolean objects;

    Verb(Use use, boolean objects) {
        this.use = use;
        this.objects = objects;
    }

    /// {@return whether results may be objects}
    boolean takesObjects() {
        return objects;
    }

    /// Makes a call, and judges what comes of it.
    ///
    /// @param call what to call
    /// @param court who judges
    void make(Call call, Court court) throws InterruptedException, ExecutionException {
        use.make(call, court);
    }
}
