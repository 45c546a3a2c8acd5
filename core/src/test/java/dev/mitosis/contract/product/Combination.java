package dev.mitosis.contract.product;

import dev.mitosis.CallOptions;
import dev.mitosis.ItemException;
import dev.mitosis.OnError;
import dev.mitosis.TaskFailedException;
import dev.mitosis.contract.product.Subject.Item;
import dev.mitosis.testing.Pairwise;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A call: verb, options, and what its items do.
///
/// @param verb the verb
/// @param first what one item does
/// @param second what two items further on do
/// @param shift how far from the beginning these are
/// @param limit the time-out
/// @param retries how often items are tried again
/// @param retryOn after which failures
/// @param backoff how long before that, milliseconds
/// @param rule what failures do to the call
/// @param chunkSize the chunk size, or 0 to adapt
/// @param window the window, or 0 for the default
record Combination(
        Verb verb,
        Behaviour first,
        Behaviour second,
        int shift,
        Limit limit,
        int retries,
        RetryOn retryOn,
        int backoff,
        Rule rule,
        int chunkSize,
        int window) {
    private static final int SEED = 20_25;
    private static final int ITEMS = 14;

    /// Time-outs: none, one that nobody reaches, and one for those that run too long.
    enum Limit { NONE, LONG, SHORT }

    /// Predicates: none, one that accepts exceptions alone, and one that accepts nothing.
    enum RetryOn {
        ANYTHING, EXCEPTIONS, NOTHING;

        boolean accepts(boolean exception) {
            return this == ANYTHING || this == EXCEPTIONS && exception;
        }

        private boolean accepts(ItemException failure) {
            return accepts(failure instanceof TaskFailedException);
        }
    }

    /// Rules for failed items.
    enum Rule { OF_THE_VERB, FAIL_FAST, COLLECT, HALT_AFTER_TWO, HALT_AFTER_PERCENT }

    /// Returns combinations in which all pairs of values occur.
    ///
    /// @param firsts values of `first`
    /// @param seconds values of `second`
    /// @param limits values of `limit`
    /// @param quick whether these calls are quick, so that there may be more of them
    /// @return the combinations
    static Stream<Combination> pairwise(
            List<Behaviour> firsts, List<Behaviour> seconds, List<Limit> limits, boolean quick) {
        var rules = quick ? List.of(Rule.values()) : List.of(Rule.OF_THE_VERB, Rule.FAIL_FAST, Rule.HALT_AFTER_TWO);
        var chunkSizes = quick ? List.of(0, 1, 3, 100) : List.of(0, 3, 100);
        var values = List.of(List.of(Verb.values()), firsts, seconds, List.of(0, 1, 2), limits, List.of(0, 1, 2),
                List.of(RetryOn.values()), List.of(0, 20), rules, chunkSizes, List.of(0, 3));
        return Pairwise.of(SEED, values).stream().map(Combination::of);
    }

    private static Combination of(List<Object> row) {
        return new Combination((Verb) row.get(0), (Behaviour) row.get(1), (Behaviour) row.get(2), (int) row.get(3),
                (Limit) row.get(4), (int) row.get(5), (RetryOn) row.get(6), (int) row.get(7), (Rule) row.get(8),
                (int) row.get(9), (int) row.get(10));
    }

    /// {@return the input}
    List<Item> items() {
        int count = verb == Verb.APPLY ? 1 : ITEMS;
        return IntStream.range(0, count).mapToObj(number -> Item.of(number, behaviourOf(number))).toList();
    }

    private Behaviour behaviourOf(int number) {
        int place = verb == Verb.APPLY ? 3 : number - shift;
        return switch (place) {
            case 3 -> verb == Verb.MAP_REDUCE && first.isAboutResult() ? Behaviour.FINE : first;
            // a block of a fold has its attempts together: how many it needs depends on who else is in it
            case 7, 11 -> verb == Verb.MAP_REDUCE ? Behaviour.FINE : second;
            default -> Behaviour.FINE;
        };
    }

    /// {@return the rule that holds}
    Rule effectiveRule() {
        if (rule != Rule.OF_THE_VERB) {
            return rule;
        }
        return verb.isLazy() ? Rule.COLLECT : Rule.FAIL_FAST;
    }

    /// {@return the options}
    ///
    /// @param before what to add them to
    /// @param shortLimit a time-out that all keep but those who are to run past it
    CallOptions options(CallOptions before, Duration shortLimit) {
        var options = before.withRetries(retries);
        options = switch (limit) {
            case NONE -> options;
            case LONG -> options.withTimeout(Duration.ofMinutes(1));
            case SHORT -> options.withTimeout(shortLimit).withGrace(Duration.ofMillis(200));
        };
        options = retryOn == RetryOn.ANYTHING ? options : options.withRetryOn(retryOn::accepts);
        options = backoff == 0 ? options : options.withBackoff(Duration.ofMillis(backoff));
        options = switch (rule) {
            case OF_THE_VERB -> options;
            case FAIL_FAST -> options.withOnError(OnError.failFast());
            case COLLECT -> options.withOnError(OnError.collect());
            case HALT_AFTER_TWO -> options.withOnError(OnError.haltAfter(2));
            case HALT_AFTER_PERCENT -> options.withOnError(OnError.haltAfterPercent(10));
        };
        options = chunkSize == 0 ? options : options.withChunkSize(chunkSize);
        return window == 0 ? options : options.withWindow(window);
    }
}
