package dev.mitosis.bench.torture;

import dev.mitosis.CallInterruptedException;
import dev.mitosis.PoolClosedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A thread that makes one call after another, on either pool.
final class Caller {
    private final int number;
    private final long seed;
    private final List<House> houses;
    private final Court court;
    private final Tally tally;
    // guarded by this: the thread while it is in a call, and whether it was interrupted there
    private @Nullable Thread calling;
    private boolean poked;

    Caller(int number, long seed, List<House> houses, Court court, Tally tally) {
        this.number = number;
        this.seed = seed;
        this.houses = houses;
        this.court = court;
        this.tally = tally;
    }

    /// Makes calls on this thread until it is enough.
    void callUntil(BooleanSupplier enough) {
        court.progress().begin("starting");
        for (int i = 0; !enough.getAsBoolean(); i++) {
            callOnce(i);
        }
        court.progress().end();
    }

    private void callOnce(int count) {
        // From the seed alone: the choices are the same whatever the calls before came to.
        var random = new SplittableRandom(Deeds.mix(Deeds.mix(seed + number) + count));
        var tenancy = houses.get(random.nextInt(houses.size())).current();
        var call = Call.choose(number + ":" + count, random, tenancy);
        court.progress().begin(call);
        begin();
        try {
            call.verb().make(call, court);
            tally.count("call " + call.verb());
        } catch (InterruptedException e) {
            ended(call, e);
        } catch (ExecutionException | RejectedExecutionException e) {
            ended(call, e.getCause() == null ? e : e.getCause());
        } catch (RuntimeException | Error e) {
            ended(call, e);
        } finally {
            end();
        }
    }

    private void ended(Call call, Throwable why) {
        switch (why) {
            case PoolClosedException _ when call.tenancy().leaving().get() ->
                    tally.count("call ended by the end of its pool");
            case CallInterruptedException _ when wasPoked() -> tally.count("call interrupted");
            case InterruptedException _ when wasPoked() -> tally.count("call interrupted");
            default -> court.findings().add(call + " ended with " + stackOf(why));
        }
    }

    /// Interrupts the call that is being made, if one is.
    synchronized void poke() {
        if (calling != null) {
            poked = true;
            calling.interrupt();
        }
    }

    private synchronized void begin() {
        calling = Thread.currentThread();
    }

    private synchronized boolean wasPoked() {
        return poked;
    }

    private synchronized void end() {
        calling = null;
        poked = false;
        Thread.interrupted(); // else it would hit the next call
    }

    private static String stackOf(Throwable why) {
        var text = new StringWriter();
        why.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
