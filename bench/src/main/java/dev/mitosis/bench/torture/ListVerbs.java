package dev.mitosis.bench.torture;

import dev.mitosis.Args;
import dev.mitosis.ItemException;
import dev.mitosis.LongRange;
import dev.mitosis.OnError;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;

/// Verbs that return all results at once, or throw for one item.
final class ListVerbs {
    private ListVerbs() {}

    static void map(Call call, Court court) {
        var pool = call.pool(call.random().nextInt(3) == 0 ? OnError.collect() : null);
        try {
            judgeAll(call, court, pool.map(call.deeds(), call.items()));
        } catch (ItemException e) {
            judgeLowest(call, court, e);
        }
    }

    static void starmap(Call call, Court court) {
        var deeds = call.deeds();
        var items = call.items().stream().map(n -> Args.of(n, 1)).toList();
        try {
            judgeAll(call, court, call.pool().starmap((n, _) -> deeds.apply(n), items));
        } catch (ItemException e) {
            judgeLowest(call, court, e);
        }
    }

    static void mapAsync(Call call, Court court) throws InterruptedException, ExecutionException {
        try {
            judgeAll(call, court, call.pool().mapAsync(call.deeds(), call.items()).get());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof ItemException why)) {
                throw e;
            }
            judgeLowest(call, court, why);
        }
    }

    static void mapAndCancel(Call call, Court court)
            throws InterruptedException, ExecutionException {
        var task = call.pool().mapAsync(call.deeds(), call.items());
        Thread.sleep(call.random().nextLong(30));
        boolean mayInterrupt = call.random().nextBoolean();
        boolean cancelled = task.cancel(mayInterrupt);
        court.require(cancelled || task.isDone() || !mayInterrupt, call, "cancel(true) did not");
        try {
            judgeAll(call, court, task.get());
            court.require(!cancelled, call, "a cancelled task has a result");
        } catch (CancellationException e) {
            court.require(cancelled, call, "it is cancelled, and nobody did");
        } catch (ExecutionException e) {
            court.require(!cancelled, call, "a cancelled task has failed");
            if (!(e.getCause() instanceof ItemException why)) {
                throw e;
            }
            judgeLowest(call, court, why);
        }
    }

    static void mapToLong(Call call, Court court) {
        var deeds = call.deeds();
        try {
            var range = LongRange.of(call.from(), call.to());
            long[] all = call.pool().mapToLong(n -> deeds.number(n), range);
            judgeAll(call, court, LongStream.of(all).boxed().toList());
        } catch (ItemException e) {
            judgeLowest(call, court, e);
        }
    }

    static void mapReduce(Call call, Court court) {
        var deeds = call.deeds();
        try {
            judgeSum(call, court,
                    call.pool().mapReduce(n -> deeds.number(n), Long::sum, 0L, call.items()));
        } catch (ItemException e) {
            judgeBlock(call, court, e);
        }
    }

    static void mapReduceLong(Call call, Court court) {
        var deeds = call.deeds();
        var range = LongRange.of(call.from(), call.to());
        try {
            judgeSum(call, court,
                    call.pool().mapReduceLong(n -> deeds.number(n), Long::sum, 0L, range));
        } catch (ItemException e) {
            judgeBlock(call, court, e);
        }
    }

    private static void judgeAll(Call call, Court court, List<?> results) {
        court.require(results.size() == call.size(), call, results.size() + " results");
        for (int i = 0; i < results.size(); i++) {
            court.ok(call, call.from() + i, results.get(i));
        }
    }

    /// Whatever fails first in time, the item with the lowest index is told of.
    private static void judgeLowest(Call call, Court court, ItemException e) {
        court.failed(call, e);
        court.require(call.deeds().allAnswer(call.from(), call.from() + e.index()), call,
                "item " + (call.from() + e.index()) + " is told of, and a lower one does fail");
    }

    private static void judgeSum(Call call, Court court, long sum) {
        court.require(call.deeds().allAnswer(call.from(), call.to()), call,
                "it has a sum, and items that fail");
        court.require(sum == sum(call), call, "its sum is wrong: " + sum);
    }

    private static long sum(Call call) {
        return LongStream.range(call.from(), call.to()).map(call.deeds()::answer).sum();
    }

    /// A fold fails by blocks, so that which item was at fault is known only if it threw.
    private static void judgeBlock(Call call, Court court, ItemException e) {
        court.progress().step();
        court.require(e.index() >= 0 && e.index() < call.size(), call, "no item: " + e);
    }
}
