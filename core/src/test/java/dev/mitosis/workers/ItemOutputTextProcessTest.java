package dev.mitosis.workers;

import static dev.mitosis.testing.Inputs.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.ItemOutput;
import dev.mitosis.Output;
import dev.mitosis.Pool;
import dev.mitosis.RemoteFunction;
import dev.mitosis.testing.Calls;
import dev.mitosis.testing.LeakCheck;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What counts as printed by an item, and what becomes of listeners that misbehave; on one worker.
@Tag("process")
@ExtendWith(LeakCheck.class)
class ItemOutputTextProcessTest {
    private static Pool pool;

    private final List<String> told = new CopyOnWriteArrayList<>();

    /// Streams that were taken when the worker began, as loggers do.
    private static final class Early {
        static final PrintStream OUT = System.out;
        static final PrintStream BUFFERED = new PrintStream(new BufferedOutputStream(System.out, 100));

        static void load() {
            OUT.println("the initializer");
        }
    }

    @BeforeAll
    static void openPool() {
        pool = Pool.open(c -> c.withWorkers(1).withOutput(Output.discard()).withInitializer(Early::load));
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    private void map(int items, RemoteFunction<Integer, Integer> function) {
        ItemOutput listener = (index, _, text) -> told.add(index + " " + text);
        pool.with(o -> o.withItemOutput(listener).withChunkSize(items)).map(function, upTo(items));
    }

    @Test
    void a_stream_that_was_taken_before_the_item_is_listened_to() {
        map(1, n -> {
            Early.OUT.print("early");
            return n;
        });

        assertEquals(List.of("0 early"), told);
    }

    @Test
    void any_thread_of_the_worker_prints_for_the_item() {
        map(1, n -> {
            Thread.ofPlatform().start(() -> System.out.print("platform")).join();
            Thread.ofVirtual().start(() -> System.err.print("virtual")).join();
            return n;
        });

        assertEquals(List.of("0 platformvirtual"), told);
    }

    @Test
    void a_byte_that_nobody_flushed_is_told_with_its_item() {
        map(2, n -> {
            System.out.write('a' + n);
            return n;
        });

        assertEquals(List.of("0 a", "1 b"), told);
    }

    @Test
    void what_is_left_in_a_buffer_of_the_tasks_own_comes_with_the_item_that_flushes_it() {
        map(3, n -> {
            Early.BUFFERED.print(n);
            if (n == 1) {
                Early.BUFFERED.flush();
            }
            return n;
        });

        assertEquals(List.of("1 01"), told);
    }

    @Test
    void raw_bytes_on_the_descriptor_are_not_told() {
        map(1, n -> {
            try (var raw = new FileOutputStream(FileDescriptor.out)) {
                raw.write("raw\n".getBytes());
                System.out.print("cooked");
            }
            return n;
        });

        assertEquals(List.of("0 cooked"), told);
    }

    @Test
    void bytes_that_are_no_text_harm_nothing() {
        map(1, n -> {
            System.out.write(new byte[] {'a', -1, 0, (byte) 0xc3});
            return n;
        });

        assertEquals(List.of("0 a\ufffd\0\ufffd"), told);
    }

    @Test
    void of_long_text_the_end_is_told_and_how_much_was_cut_off() {
        map(2, n -> {
            for (int i = 0; i < 10_000; i++) {
                System.out.print(n == 0 ? "aaaaaaaaaa" : "");
            }
            System.out.print("the end of " + n);
            return n;
        });

        assertEquals(List.of("0 (36012 bytes before this were cut off)\n" + "a".repeat(63_988) + "the end of 0",
                "1 the end of 1"), told);
    }

    @Test
    void long_texts_of_many_items_pass_while_nobody_reads() throws Exception {
        ItemOutput listener = (index, _, text) -> told.add(index + " " + text.length());

        try (var results = pool.with(o -> o.withItemOutput(listener)).imap(n -> {
            System.out.println("x".repeat(63_999));
            return n;
        }, upTo(1_200))) {
            assertEquals(0, results.next());
            assertEquals(1_199, results.stream().count());
        }
        assertEquals(upTo(1_200).stream().map(n -> n + " 64000").toList(), told);
    }

    // -- listeners ---------------------------------------------------------------------------

    private static final class Warnings extends Handler {
        private final List<String> messages = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            messages.add(entry.getMessage() + " " + entry.getThrown().getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private static int print(int n) {
        System.out.print(n);
        return n;
    }

    @Test
    void what_a_listener_throws_is_logged_once_for_each_call() {
        var warnings = new Warnings();
        Logger.getLogger("dev.mitosis").addHandler(warnings);
        try {
            ItemOutput bad = (index, _, _) -> {
                throw new IllegalStateException("told of " + index);
            };
            var listening = pool.with(o -> o.withItemOutput(bad));
            assertEquals(upTo(5), listening.map(n -> print(n), upTo(5)));
            assertEquals(7, listening.apply(() -> print(7)));
        } finally {
            Logger.getLogger("dev.mitosis").removeHandler(warnings);
        }

        var logged = "the itemOutput of a call threw when told of item 0; it is told of the others all the same,"
                + " and what else it throws is not logged told of 0";
        assertEquals(List.of(logged, logged), warnings.messages);
    }

    @Test
    void a_listener_that_blocks_holds_up_no_other_call() throws Exception {
        var entered = new CountDownLatch(1);
        var left = new CountDownLatch(1);
        ItemOutput blocking = (_, _, _) -> {
            entered.countDown();
            awaitQuietly(left);
        };
        var listening = pool.with(o -> o.withItemOutput(blocking));

        var held = Calls.start(() -> listening.map(n -> print(n), upTo(100)));
        entered.await();
        assertEquals(upTo(1_000), pool.map(n -> n, upTo(1_000)));
        map(1, n -> print(n));
        assertEquals(List.of("0 0"), told);
        assertTrue(!held.isDone());
        left.countDown();

        assertEquals(upTo(100), held.get());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_listener_may_call_the_pool() throws IOException {
        ItemOutput calling = (_, _, text) -> told.add(pool.apply(() -> text + " again"));

        assertEquals(upTo(3), pool.with(o -> o.withItemOutput(calling)).map(n -> print(n), upTo(3)));

        assertEquals(List.of("0 again", "1 again", "2 again"), told);
    }
}
