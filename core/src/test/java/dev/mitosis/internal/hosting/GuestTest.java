package dev.mitosis.internal.hosting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mitosis.internal.codec.ResultFilter;
import dev.mitosis.testing.Eventually;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What becomes of the calls of a process that is gone, and which are refused.
class GuestTest {
    private static final int PLENTY = 2 * Guest.MOST_CALLS;

    private final Prey prey = new Prey();
    private final Resident resident = Hosting.HERE.host(Taking.class, prey, ResultFilter.of(List.of()));
    private final Semaphore room = new Semaphore(0);
    private final Guest guest = new Guest(4711, ResultFilter.of(List.of()), (_, _) -> room.acquireUninterruptibly());

    /// What is taken by whoever calls.
    interface Taking {
        /// Takes one.
        void take();
    }

    /// Is slow to be taken, and hears no interrupt.
    private static final class Prey implements Taking, Attentive {
        final CountDownLatch begun = new CountDownLatch(1);
        final Semaphore free = new Semaphore(0);
        final AtomicInteger taken = new AtomicInteger();
        final AtomicInteger told = new AtomicInteger();

        @Override
        public void take() {
            begun.countDown();
            free.acquireUninterruptibly();
            taken.incrementAndGet();
        }

        @Override
        public void partyGone(int party, long pid) {
            taken.set(0);
            told.incrementAndGet();
        }

        @Override
        public void ended() {}
    }

    @AfterEach
    void end() {
        prey.free.release(PLENTY);
        room.release(PLENTY);
        Hosting.HERE.end(resident);
    }

    private void call(int number) throws ProtocolException {
        guest.call(number, ByteBuffer.allocate(21).order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0).putLong(1).putLong(resident.id).putInt(0).flip());
    }

    @Test
    void what_a_call_takes_that_ends_after_its_process_is_given_back() throws Exception {
        call(1);
        prey.begun.await();

        guest.gone();
        assertEquals(1, prey.told.get());
        prey.free.release();

        Eventually.holds("it is told again", () -> prey.told.get() == 2);
        assertEquals(0, prey.taken.get());
    }

    @Test
    void a_call_that_is_read_after_the_end_of_its_process_is_not_made() throws Exception {
        call(1);
        prey.begun.await();
        guest.gone();
        call(2);
        prey.free.release(2);

        Eventually.holds("the first one is over", () -> prey.told.get() == 2);
        assertEquals(1, prey.free.availablePermits());
    }

    @Test
    void two_calls_of_one_number_are_refused() throws Exception {
        call(1);
        prey.begun.await();

        assertThrows(ProtocolException.class, () -> call(1));
    }

    @Test
    void a_call_counts_until_its_answer_is_sent() throws Exception {
        prey.free.release(PLENTY);
        for (int i = 1; i <= Guest.MOST_CALLS; i++) {
            call(i);
        }
        Eventually.holds("all of them are over", () -> prey.taken.get() == Guest.MOST_CALLS);

        assertThrows(ProtocolException.class, () -> call(Guest.MOST_CALLS + 1));
        room.release(Guest.MOST_CALLS);
        Eventually.holds("there is room", this::isRoom);
    }

    private boolean isRoom() {
        try {
            call(PLENTY);
            return true;
        } catch (ProtocolException e) {
            return false;
        }
    }
}
