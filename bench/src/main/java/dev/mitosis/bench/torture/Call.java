package dev.mitosis.bench.torture;

import dev.mitosis.CallOptions;
import dev.mitosis.OnError;
import dev.mitosis.Pool;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// One call, with everything about it that was chosen at random.
///
/// @param name which thread's which call
/// @param verb the verb
/// @param random for choices that the verb makes
/// @param tenancy the pool, and whether it is being closed
/// @param options the options of the call
/// @param from the first item
/// @param to the one after the last
/// @param deeds what items do
record Call(
        String name,
        Verb verb,
        SplittableRandom random,
        House.Tenancy tenancy,
        CallOptions options,
        long from,
        long to,
        Deeds deeds) {
    /// Chooses a call.
    static Call choose(String name, SplittableRandom random, House.Tenancy tenancy) {
        var verbs = Verb.values();
        var verb = verbs[random.nextInt(verbs.length)];
        var options = options(tenancy.defaults(), random);
        long from = random.nextLong(1_000_000);
        // Most calls have a dear item or two, some have none, so that much gets through as well.
        int items = random.nextInt(10) == 0 ? 2_000 : random.nextInt(1, 120);
        int dear = random.nextInt(3) == 0 ? 0 : 10_000 / items;
        int cheap = random.nextInt(3) == 0 ? 0 : 500;
        var deeds = new Deeds(random.nextLong(), cheap, verb == Verb.APPLY ? dear * 10 : dear,
                verb.takesObjects(), options.timeout() != null);
        return new Call(name, verb, random, tenancy, options, from, from + items, deeds);
    }

    private static CallOptions options(CallOptions defaults, SplittableRandom random) {
        var options = defaults.withGrace(Duration.ofMillis(random.nextLong(200)));
        if (random.nextInt(2) == 0) {
            options = options.withTimeout(Duration.ofMillis(random.nextLong(300, 1_500)));
        }
        if (random.nextInt(3) == 0) {
            options = options.withRetries(random.nextInt(1, 3));
        }
        if (random.nextInt(4) == 0) {
            options = options.withBackoff(Duration.ofMillis(random.nextLong(1, 50)));
        }
        if (random.nextInt(2) == 0) {
            options = options.withChunkSize(random.nextInt(1, 60));
        }
        if (random.nextInt(3) == 0) {
            options = options.withWindow(random.nextInt(1, 200));
        }
        return options.withKillOnAbandon(random.nextBoolean());
    }

    /// {@return the pool under the options of this call}
    Pool pool() {
        return pool(null);
    }

    /// Returns the pool under the options of this call and another rule for failed items.
    ///
    /// @param rule the rule, or null for the verb's own
    Pool pool(@Nullable OnError rule) {
        return tenancy.pool().with(_ -> rule == null ? options : options.withOnError(rule));
    }

    int retries() {
        return options.retries();
    }

    @Nullable Duration timeout() {
        return options.timeout();
    }

    int size() {
        return (int) (to - from);
    }

    List<Long> items() {
        return LongStream.range(from, to).boxed().toList();
    }

    @Override
    public String toString() {
        return "call " + name + " (" + verb + " of " + size() + " items from " + from
                + ", time-out " + timeout() + ", " + retries() + " retries, chunk "
                + options.chunkSize() + ", window " + options.window() + ")";
    }
}
