package dev.mitosis.bench.torture;

import dev.mitosis.ItemException;
import dev.mitosis.LongRange;
import dev.mitosis.OnError;
import dev.mitosis.Outcome;
import dev.mitosis.Results;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Verbs that hand out results as they come.
final class LazyVerbs {
    private LazyVerbs() {}

    /// What a bad input throws in the middle.
    static final class BadInput extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadInput() {
            super("bad input");
        }
    }

    static void imap(Call call, Court court) throws InterruptedException {
        try (var results = call.pool().imap(call.deeds(), call.items())) {
            long read = read(call, court, results, call.size());
            court.require(read == call.size(), call, read + " results");
        }
    }

    static void imapAndClose(Call call, Court court) throws InterruptedException {
        try (var results = call.pool().imap(call.deeds(), call.items())) {
            read(call, court, results, call.random().nextInt(call.size()));
        }
    }

    /// The results are never closed: that is done when they have become unreachable.
    static void imapAndForget(Call call, Court court) throws InterruptedException {
        var results = call.pool().imapUnordered(call.deeds(), call.items());
        if (call.random().nextInt(8) != 0) {
            results.close(); // few are forgotten, since each is garbage for long
        } else if (results.hasNext()) {
            court.progress().step();
        }
    }

    static void imapOfBadInput(Call call, Court court) throws InterruptedException {
        int place = call.random().nextInt(call.size());
        var good = call.items().subList(0, place);
        Iterable<Long> input = () -> new BadIterator(good.iterator());
        try (var results = call.pool().imap(call.deeds(), input)) {
            read(call, court, results, place);
            results.next();
            court.require(false, call, "the input threw, and nobody was told");
        } catch (BadInput e) {
            court.progress().step();
        }
    }

    private record BadIterator(Iterator<Long> good) implements Iterator<Long> {
        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public Long next() {
            if (!good.hasNext()) {
                throw new BadInput();
            }
            return good.next();
        }
    }

    private static long read(Call call, Court court, Results<?> results, int most)
            throws InterruptedException {
        long n = call.from();
        while (n < call.from() + most && results.hasNext()) {
            try {
                court.ok(call, n, results.next());
            } catch (ItemException e) {
                court.require(call.from() + e.index() == n, call, "at the place of item " + n
                        + " is " + e.getMessage());
                court.failed(call, e);
            }
            n++;
            pause(call);
        }
        return n - call.from();
    }

    private static void pause(Call call) throws InterruptedException {
        if (call.random().nextInt(200) == 0) {
            Thread.sleep(call.random().nextLong(40));
        }
    }

    static void imapUnordered(Call call, Court court) throws InterruptedException {
        var left = answers(call);
        try (var results = call.pool().imapUnordered(call.deeds(), call.items())) {
            while (results.hasNext()) {
                readOne(call, court, results, left);
                pause(call);
            }
        }
        court.require(left.isEmpty(), call, "no outcome: " + left.values());
    }

    /// The items of a call by what they return.
    private static Map<Object, Long> answers(Call call) {
        var answers = new LinkedHashMap<Object, Long>();
        call.items().forEach(n -> answers.put(call.deeds().answer(n), n));
        return answers;
    }

    private static void readOne(
            Call call, Court court, Results<?> results, Map<Object, Long> left) {
        try {
            var value = results.next();
            var n = left.remove(value);
            court.require(n != null, call, "a result wrong or doubled: " + value);
            if (n != null) {
                court.ok(call, n, value);
            }
        } catch (ItemException e) {
            long n = call.from() + e.index();
            var first = left.remove(call.deeds().answer(n)) != null;
            court.require(first, call, "item " + n + " once more: " + e.getMessage());
            court.failed(call, e);
        }
    }

    static void imapToLong(Call call, Court court) {
        var deeds = call.deeds();
        var range = LongRange.of(call.from(), call.to());
        long n = call.from();
        try (var results = call.pool().imapToLong(x -> deeds.number(x), range)) {
            for (; results.hasNext(); n++) {
                try {
                    court.ok(call, n, results.nextLong());
                } catch (ItemException e) {
                    court.require(call.from() + e.index() == n, call, "out of order: " + e);
                    court.failed(call, e);
                }
            }
        }
        court.require(n == call.to(), call, (n - call.from()) + " results");
    }

    static void outcomes(Call call, Court court) throws InterruptedException {
        long n = call.from();
        try (var outcomes = call.pool().outcomes(call.deeds(), call.items())) {
            for (; outcomes.hasNext(); n++) {
                court.outcome(call, n, outcomes.next());
                pause(call);
            }
        }
        court.require(n == call.to(), call, (n - call.from()) + " outcomes");
    }

    /// With a rule that halts the call not every item has an outcome, but none has two.
    static void outcomesUntilHalt(Call call, Court court) {
        var rule = List.of(OnError.failFast(), OnError.haltAfter(3), OnError.haltAfterPercent(2))
                .get(call.random().nextInt(3));
        var seen = new HashSet<Long>();
        long failed = 0;
        try (var outcomes = call.pool(rule).outcomes(call.deeds(), call.items())) {
            while (outcomes.hasNext()) {
                var outcome = outcomes.next();
                long n = call.from() + outcome.item().index();
                court.require(seen.add(n), call, "item " + n + " once more");
                if (!(outcome instanceof Outcome.Cancelled<?>)) {
                    court.outcome(call, n, outcome);
                }
                failed += outcome instanceof Outcome.Ok<?> ? 0 : 1;
            }
        }
        court.require(seen.size() == call.size() || failed > 0, call,
                "halted without a failure after " + seen.size());
    }

    static void gather(Call call, Court court) {
        int most = call.random().nextInt(1, call.size() + 1);
        try {
            var mapping = call.pool().<Long, Object>mapping(call.deeds());
            var results = call.items().stream().gather(mapping).limit(most).toList();
            court.require(results.size() == most, call, results.size() + " results");
            for (int i = 0; i < results.size(); i++) {
                court.ok(call, call.from() + i, results.get(i));
            }
        } catch (ItemException e) {
            court.failed(call, e);
        }
    }
}
