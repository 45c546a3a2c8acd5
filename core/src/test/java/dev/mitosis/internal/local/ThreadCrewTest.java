package dev.mitosis.internal.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mitosis.Backend;
import dev.mitosis.Pool;
import dev.mitosis.PoolConfig;
import dev.mitosis.WorkerStartException;
import dev.mitosis.spi.CrewListener;
import dev.mitosis.testing.NumbersLease;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadCrewTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final BlockingQueue<Long> ready = new LinkedBlockingQueue<>(); // as what workers are known
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final ThreadCrew crew = new ThreadCrew(config(), new Noting());

    /// Notes which workers are ready.
    private final class Noting implements CrewListener {
        @Override
        public void ready(int seat, long pid, int onboarded) {
            ready.add(pid);
        }

        @Override
        public void died(int seat, Death death) {}

        @Override
        public void left(int seat) {}

        @Override
        public void worn(int seat) {}

        @Override
        public void gaveUp(int seat, WorkerStartException why) {}

        @Override
        public void hopeless(WorkerStartException why) {}
    }

    /// A lease of one number, promised to some worker.
    private final class Promised extends NumbersLease {
        private final String name;
        private final long worker;
        private volatile long runBy;

        Promised(String name, long worker) {
            super(identity(), 1);
            this.name = name;
            this.worker = worker;
        }

        @Override
        public long pid() {
            return worker;
        }

        @Override
        public void runBy(long pid) {
            runBy = pid;
        }

        @Override
        public void replied(byte[] records, int length, int items, boolean allOk) {
            told.add(name + " by " + (runBy == ProcessHandle.current().pid() ? "this process" : "process " + runBy));
        }
    }

    private static PoolConfig config() {
        var made = new PoolConfig[1];
        Pool.open(config -> {
            made[0] = config.withWorkers(1).withBackend(Backend.threads());
            return made[0];
        }).close();
        return made[0];
    }

    @AfterEach
    void close() {
        crew.close(LONG);
    }

    /// It was lost with that worker, and is run by another one, too.
    @Test
    void a_lease_that_was_promised_to_a_worker_is_not_run_by_its_successor() throws InterruptedException {
        crew.start();
        long first = ready.take();
        crew.kill(0, "was killed by a test");
        long second = ready.take();

        crew.lease(0, new Promised("what the first one had", first));
        crew.lease(0, new Promised("what the second one had", second));

        assertEquals("what the second one had by this process", told.take());
    }
}
