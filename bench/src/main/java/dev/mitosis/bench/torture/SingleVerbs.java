package dev.mitosis.bench.torture;

import dev.mitosis.ItemException;
import dev.mitosis.RemoteCallable;
import dev.mitosis.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/// Verbs of one item, and several of them at a time.
final class SingleVerbs {
    private static final int MOST = 20;

    private SingleVerbs() {}

    static void apply(Call call, Court court) {
        for (long n = call.from(); n < Math.min(call.to(), call.from() + MOST); n++) {
            var one = only(call, n);
            try {
                court.ok(one, n, one.pool().apply(one.deeds(), n));
            } catch (ItemException e) {
                court.failed(one, e);
            }
        }
    }

    static void applyAsync(Call call, Court court)
            throws InterruptedException, ExecutionException {
        var tasks = begin(call);
        for (int i = 0; i < tasks.size(); i++) {
            judge(only(call, call.from() + i), court, tasks.get(i));
        }
    }

    static void applyAndCancel(Call call, Court court)
            throws InterruptedException, ExecutionException {
        var tasks = begin(call);
        var cancelled = new ArrayList<Boolean>();
        for (var task : tasks) {
            Thread.sleep(call.random().nextLong(3));
            cancelled.add(call.random().nextBoolean() && task.cancel(call.random().nextBoolean()));
        }
        for (int i = 0; i < tasks.size(); i++) {
            var one = only(call, call.from() + i);
            if (cancelled.get(i)) {
                court.require(tasks.get(i).isCancelled(), one, "cancelled, but it is not");
            } else {
                judge(one, court, tasks.get(i));
            }
        }
    }

    static void invokeAll(Call call, Court court) throws InterruptedException, ExecutionException {
        var deeds = call.deeds();
        try (var executor = call.pool().executor()) {
            var tasks = new ArrayList<RemoteCallable<Object>>();
            call.items().stream().limit(MOST).forEach(n -> tasks.add(() -> deeds.apply(n)));
            var futures = executor.invokeAll(tasks);
            for (int i = 0; i < futures.size(); i++) {
                judge(only(call, call.from() + i), court, futures.get(i));
            }
        }
    }

    /// A call of one item is a call of its own, in which that item's index is 0.
    private static Call only(Call call, long n) {
        return new Call(call.name(), call.verb(), call.random(), call.tenancy(), call.options(),
                n, n + 1, call.deeds());
    }

    private static List<Task<Object>> begin(Call call) {
        var tasks = new ArrayList<Task<Object>>();
        call.items().stream().limit(MOST * 2L)
                .forEach(n -> tasks.add(call.pool().applyAsync(call.deeds(), n)));
        return tasks;
    }

    private static void judge(Call one, Court court, Future<?> task)
            throws InterruptedException, ExecutionException {
        try {
            court.ok(one, one.from(), task.get());
        } catch (CancellationException e) {
            court.require(false, one, "it is cancelled, and nobody did");
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof ItemException why)) {
                throw e;
            }
            court.failed(one, why);
        }
    }
}
