package dev.mitosis.contract;

import static dev.mitosis.testing.Failures.asText;
import static dev.mitosis.testing.Failures.drain;
import static dev.mitosis.testing.Failures.suppressedIndices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Args;
import dev.mitosis.Backend;
import dev.mitosis.ItemException;
import dev.mitosis.LongRange;
import dev.mitosis.OnError;
import dev.mitosis.Outcome;
import dev.mitosis.Pool;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The chunk size changes nothing that can be seen: each verb gives the same results and errors for every chunk
/// size, and the same as inline, for random inputs of which up to three items fail.
abstract class ChunkSizePropertyContract extends PoolContract {
    private static final int ROUNDS = 4;
    private static final int LONGEST = 24;

    /// What a call did, as values that can be compared: results, or the failure.
    private sealed interface Seen {
        record Results(List<?> values) implements Seen {}

        record Failure(long index, int attempts, String input, String text) implements Seen {}
    }

    /// A function of which some items fail, in different ways.
    ///
    /// @param culprits the items that fail
    private record Fallible(Set<Integer> culprits) implements Serializable {
        String apply(int item) throws Exception {
            if (!culprits.contains(item)) {
                return "<" + item + ">";
            }
            throw switch (item % 3) {
                case 0 -> new IllegalStateException("item " + item);
                case 1 -> new java.io.IOException("item " + item);
                default -> new NumberFormatException("item " + item);
            };
        }

        long applyAsLong(long item) throws Exception {
            return apply((int) item).length() * 1_000L + item;
        }
    }

    /// An input: the numbers from 0 up to a size, some of which fail.
    private record Input(int size, Fallible fn) {
        static Input random(Random random) {
            int size = random.nextInt(LONGEST);
            var culprits = new HashSet<Integer>();
            for (int n = random.nextInt(4); n > 0 && size > 0; n--) {
                culprits.add(random.nextInt(size));
            }
            return new Input(size, new Fallible(culprits));
        }

        List<Integer> items() {
            return dev.mitosis.testing.Inputs.upTo(size);
        }

        LongRange range() {
            return LongRange.of(0, size);
        }
    }

    /// The verbs, each as a call that returns what is to be seen of it.
    private enum Verb {
        MAP {
            @Override
            List<?> call(Pool pool, Input input) {
                var fn = input.fn;
                return pool.map(n -> fn.apply(n), input.items());
            }
        },
        MAP_OVER_RANGE {
            @Override
            List<?> call(Pool pool, Input input) {
                var fn = input.fn;
                return pool.map(n -> fn.apply((int) (long) n), input.range());
            }
        },
        MAP_ASYNC {
            @Override
            List<?> call(Pool pool, Input input) throws Exception {
                var fn = input.fn;
                return pool.mapAsync(n -> fn.apply(n), input.items()).get();
            }
        },
        MAP_THAT_COLLECTS {
            @Override
            List<?> call(Pool pool, Input input) {
                var fn = input.fn;
                return pool.with(o -> o.withOnError(OnError.collect())).map(n -> fn.apply(n), input.items());
            }
        },
        STARMAP {
            @Override
            List<?> call(Pool pool, Input input) {
                var fn = input.fn;
                var pairs = input.items().stream().map(n -> Args.of(n, "!")).toList();
                return pool.starmap((n, s) -> fn.apply(n) + s, pairs);
            }
        },
        IMAP {
            @Override
            List<?> call(Pool pool, Input input) {
                var fn = input.fn;
                return drain(pool.imap(n -> fn.apply(n), input.items()));
            }
        },
        IMAP_THAT_FAILS_FAST {
            @Override
            List<?> call(Pool pool, Input input) {
                var fn = input.fn;
                return drain(pool.with(o -> o.withOnError(OnError.failFast())).imap(n -> fn.apply(n), input.items()));
            }
        },
        IMAP_UNORDERED {
            @Override
            List<?> call(Pool pool, Input input) {
                var fn = input.fn;
                var all = new ArrayList<>(drain(pool.imapUnordered(n -> fn.apply(n), input.items())));
                all.sort(Comparator.comparing(Object::toString));
                return all;
            }
        },
        OUTCOMES {
            @Override
            List<?> call(Pool pool, Input input) {
                var fn = input.fn;
                try (var outcomes = pool.outcomes(n -> fn.apply(n), input.items())) {
                    return outcomes.stream().map(Verb::verdict).toList();
                }
            }
        },
        MAP_TO_LONG {
            @Override
            List<?> call(Pool pool, Input input) {
                var fn = input.fn;
                return LongStream.of(pool.mapToLong(n -> fn.applyAsLong(n), input.range())).boxed().toList();
            }
        },
        IMAP_TO_LONG {
            @Override
            List<?> call(Pool pool, Input input) {
                var fn = input.fn;
                return drain(pool.imapToLong(n -> fn.applyAsLong(n), input.range()));
            }
        },
        MAP_REDUCE {
            @Override
            List<?> call(Pool pool, Input input) {
                var fn = input.fn;
                return List.of(pool.mapReduce(n -> fn.apply(n), (a, b) -> a + b, "", input.items()));
            }
        },
        MAP_REDUCE_LONG {
            @Override
            List<?> call(Pool pool, Input input) {
                var fn = input.fn;
                return List.of(pool.mapReduceLong(n -> fn.applyAsLong(n), Long::sum, 0, input.range()));
            }
        },
        MAPPING {
            @Override
            List<?> call(Pool pool, Input input) {
                var fn = input.fn;
                return input.items().stream().gather(pool.mapping((Integer n) -> fn.apply(n))).toList();
            }
        };

        abstract List<?> call(Pool pool, Input input) throws Exception;

        private static String verdict(Outcome<?> outcome) {
            var item = outcome.item().index() + "/" + outcome.item().attempts();
            return switch (outcome) {
                case Outcome.Ok<?> ok -> item + " ok " + ok.value();
                case Outcome.Failed<?> failed -> item + " failed " + failed.exception();
                case Outcome.TimedOut<?> _ -> item + " timed out";
                case Outcome.Died<?> _ -> item + " died";
                case Outcome.Cancelled<?> _ -> item + " cancelled";
            };
        }

        Seen run(Pool pool, Input input) throws Exception {
            try {
                return new Seen.Results(call(pool, input));
            } catch (ItemException e) {
                return seen(e, input);
            } catch (ExecutionException e) {
                return seen((ItemException) e.getCause(), input);
            }
        }

        private Seen seen(ItemException failure, Input input) {
            var others = suppressedIndices(failure);
            var failing = input.fn.culprits.stream().map(n -> (long) n).filter(n -> n > failure.index()).toList();
            assertTrue(failing.containsAll(others), () -> "suppressed are failures above: " + others);
            assertTrue(this != MAP_THAT_COLLECTS || others.size() == failing.size(), () -> "all are told: " + others);
            return new Seen.Failure(failure.index(), failure.attempts(), failure.inputSummary(), asText(failure));
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_chunk_size_is_unobservable(Verb verb) throws Exception {
        long seed = Long.getLong("mitosis.test.seed", System.nanoTime());
        var random = new Random(seed);
        try (var inline = Pool.open(c -> c.withBackend(Backend.inline()))) {
            for (int round = 0; round < ROUNDS; round++) {
                var input = Input.random(random);
                var expected = verb.run(inline.with(o -> o.withChunkSize(1)), input);
                assertEquals(expected, verb.run(inline, input), () -> "inline, " + input + ", seed " + seed);
                assertEquals(expected, verb.run(pool(), input), () -> "adaptive, " + input + ", seed " + seed);
                for (int size = 1; size <= input.size + 2; size++) {
                    int chunkSize = size;
                    assertEquals(expected, verb.run(pool().with(o -> o.withChunkSize(chunkSize)), input),
                            () -> "chunk size " + chunkSize + ", " + input + ", -Dmitosis.test.seed=" + seed);
                }
            }
        }
    }
}
