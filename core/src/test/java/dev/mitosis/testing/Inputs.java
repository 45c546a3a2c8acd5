package dev.mitosis.testing;

import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Inputs of calls, well-behaved and not.
public final class Inputs {
    private Inputs() {}

    /// {@return the numbers from 0 up to, and without, a bound}
    ///
    /// @param bound the bound
    public static List<Integer> upTo(int bound) {
        return IntStream.range(0, bound).boxed().toList();
    }

    /// Returns the numbers from 0 on, then a failure: Python's `gen(n, k)`.
    ///
    /// @param place how many numbers come first
    /// @param failure makes what is thrown then
    /// @return the input
    public static Iterable<Integer> failingAt(int place, Supplier<? extends RuntimeException> failure) {
        return () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                if (next == place) {
                    throw failure.get();
                }
                return next++;
            }
        };
    }

    /// Returns a collection whose size is not how many items it has.
    ///
    /// @param <T> the type of the items
    /// @param claimed the size it claims
    /// @param items its items
    /// @return the collection
    public static <T> Iterable<T> lying(int claimed, List<T> items) {
        return new AbstractCollection<>() {
            @Override
            public Iterator<T> iterator() {
                return items.iterator();
            }

            @Override
            public int size() {
                return claimed;
            }
        };
    }

    /// The numbers from 0 on, without end or up to a bound; counts how many were taken.
    public static final class Counted implements Iterable<Integer> {
        private final AtomicInteger taken = new AtomicInteger();
        private final AtomicInteger askedFor = new AtomicInteger();
        private final AtomicInteger mostAhead = new AtomicInteger();
        private final int bound;

        private Counted(int bound) {
            this.bound = bound;
        }

        /// {@return numbers without end}
        public static Counted endless() {
            return new Counted(Integer.MAX_VALUE);
        }

        /// {@return numbers up to, and without, a bound}
        ///
        /// @param bound the bound
        public static Counted upTo(int bound) {
            return new Counted(bound);
        }

        /// {@return how many numbers were taken from this input}
        public int taken() {
            return taken.get();
        }

        /// Call this before each result is asked for.
        public void asking() {
            askedFor.incrementAndGet();
        }

        /// {@return by how many the numbers taken were ever ahead of the results asked for}
        public int mostAhead() {
            return mostAhead.get();
        }

        @Override
        public Iterator<Integer> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < bound;
                }

                @Override
                public Integer next() {
                    if (next == bound) {
                        throw new NoSuchElementException();
                    }
                    int asked = askedFor.get();
                    mostAhead.accumulateAndGet(taken.incrementAndGet() - asked, Math::max);
                    return next++;
                }
            };
        }
    }
}
