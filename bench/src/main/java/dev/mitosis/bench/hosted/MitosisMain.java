package dev.mitosis.bench.hosted;

import dev.mitosis.Pool;
import dev.mitosis.share.Hosted;
import dev.mitosis.share.SharedLongs;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;

/// What Mitosis does, in a process of its own; `bench/peers/python_hosted.py` is the other side.
public final class MitosisMain {
    private final Pool pool;
    private final SharedLongs number;
    private final int workers;
    private final int times;

    /// What workers are to do, and what is to come of it.
    ///
    /// @param jobs one a worker
    /// @param result what has come of it
    /// @param expected what should have
    private record Course(List<? extends Job> jobs, LongSupplier result, long expected) {}

    private MitosisMain(Pool pool, SharedLongs number, int workers, int times) {
        this.pool = pool;
        this.number = number;
        this.workers = workers;
        this.times = times;
    }

    /// Runs it, and prints the operations a second of each repetition.
    ///
    /// @param args the work, peer, operations of a worker, repetitions, workers
    public static void main(String... args) {
        var work = Work.of(args[0]);
        int workers = work.workers(Integer.parseInt(args[4]));
        try (var number = SharedLongs.create(1); var pool = Pool.open(workers)) {
            var peer = new MitosisMain(pool, number, workers, Integer.parseInt(args[2]));
            for (int i = Integer.parseInt(args[3]); i > 0; i--) {
                System.out.println(peer.rate(work));
            }
        }
    }

    private double rate(Work work) {
        number.set(0, 0);
        var start = Hosted.barrier(pool, workers);
        var course = course(work);
        var spans = pool.map(Timed::run,
                course.jobs().stream().map(job -> new Timed(start, job)).toList(), 1);
        long result = course.result().getAsLong();
        if (result != course.expected()) {
            throw new IllegalStateException(work.words() + " came to " + result + ", not to "
                    + course.expected());
        }
        double operations = work == Work.LOCK_CONTENDED ? (double) workers * times : times;
        return operations / Timed.seconds(spans);
    }

    private Course course(Work work) {
        return switch (work) {
            case LOCK_CONTENDED, LOCK -> new Course(Collections.nCopies(workers,
                    new Job.Locking(Hosted.lock(pool), number, times)),
                    () -> number.get(0), (long) workers * times);
            case QUEUE -> queue();
            case GET_AND_ADD -> new Course(
                    List.of(new Job.Adding(number, times)), () -> number.get(0), times);
            case COUNTER -> counter();
            case CALL -> call();
        };
    }

    private Course queue() {
        var queue = Hosted.<Integer>queue(pool, 100);
        return new Course(
                List.of(new Job.Producing(queue, times), new Job.Consuming(queue, number, times)),
                () -> number.get(0), times * (times - 1L) / 2);
    }

    private Course counter() {
        var counter = Hosted.counter(pool);
        return new Course(List.of(new Job.Counting(counter, times)), counter::get, times);
    }

    private Course call() {
        var clicker = new Clicker.Counted();
        return new Course(List.of(new Job.Calling(pool.host(Clicker.class, clicker), times)),
                clicker::clicks, times);
    }
}
