package dev.mitosis.internal.schedule;

import dev.mitosis.internal.Deadline;
import dev.mitosis.spi.Crew;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Finds a worker that does not begin with the timed items it was given, since its process stands
/// still, and kills it: no item has had an effect, so all of them run elsewhere.
///
/// To run nothing for longer than an item may take is no proof: the function may be long on its
/// way, or its class slow to load. So the worker is asked for its stacks, which takes it no time;
/// one that stands still does not answer. Owned by the watching thread.
final class Stillness {
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final Dispatcher dispatcher;
    private final Crew crew;
    private final @Nullable Wait[] waits;

    /// A wait for a worker to begin.
    private static final class Wait {
        final Part part;
        long since;
        @Nullable CompletableFuture<String> answer; // once it has been asked
        long asked;

        Wait(Part part, long since) {
            this.part = part;
            this.since = since;
        }

        void begin(long now) {
            since = now;
            answer = null;
        }
    }

    Stillness(Dispatcher dispatcher, Crew crew) {
        this.dispatcher = dispatcher;
        this.crew = crew;
        waits = new Wait[crew.seats()];
    }

    /// Forgets time that was nobody's.
    void pause(long nanos) {
        for (var wait : waits) {
            if (wait != null) {
                wait.since += nanos;
                wait.asked += nanos;
            }
        }
    }

    /// A seat's worker runs an item.
    void runs(int seat) {
        waits[seat] = null;
    }

    /// A seat's worker runs nothing, though it may have something to run.
    void rests(int seat, long now) {
        var part = dispatcher.first(seat);
        var limit = part == null ? null : part.queue.options().timeout();
        if (part == null || limit == null) {
            waits[seat] = null;
            return;
        }
        var wait = waits[seat];
        if (wait == null || wait.part != part) {
            waits[seat] = new Wait(part, now);
            return;
        }
        var grace = part.queue.options().grace();
        look(seat, wait, Deadline.nanos(limit) + Deadline.nanos(grace), now);
    }

    private void look(int seat, Wait wait, long patience, long now) {
        var answer = wait.answer;
        if (answer == null) {
            if (now - wait.since > patience) {
                wait.answer = crew.dump(seat);
                wait.asked = now;
            }
        } else if (answer.isDone()) {
            wait.begin(now);
        } else if (now - wait.asked > ANSWER.toNanos()) {
            wait.begin(now);
            crew.kill(seat, "was killed, since it did not begin with its items within "
                    + Duration.ofNanos(patience)
                    + " and did not answer either, as if it were stopped");
        }
    }
}
