package dev.mitosis.internal.supervise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.internal.codec.Kind;
import dev.mitosis.internal.codec.ValueWriter;
import dev.mitosis.internal.link.CorruptLinkException;
import dev.mitosis.spi.Job.Verb;
import dev.mitosis.testing.Fuzz;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a worker writes into its reply ring: outcomes of what was asked for, or a corrupt link.
class RepliesFuzzTest {
    private record Point(String name, int x, Object other) {}

    private static final int[] COUNTS = {7, 1, 5, 2}; // items of the leases; the third is a fold

    @TempDir
    Path directory;

    private LyingWorker worker;

    @BeforeEach
    void attach() throws IOException {
        worker = new LyingWorker(directory);
    }

    @AfterEach
    void detach() throws IOException {
        worker.close();
    }

    // -- what an honest worker writes --------------------------------------------------------

    /// Where outcomes are written, of one item after another.
    private record Out(ByteSink sink, ValueWriter writer, int index) {
        void printed(String text) {
            printed(index, text);
        }

        void printed(int at, String text) {
            sink.putRecord(Kind.PRINTED, 16 + text.length());
            sink.putLong(at);
            sink.putLong(0);
            sink.putArray(text.getBytes(StandardCharsets.US_ASCII));
        }

        void value(Object value) {
            writer.write(value);
        }

        void failure(String message) {
            writer.writeFailure(new IllegalStateException(message));
        }

        void raw(int kind, int length) {
            sink.putByte(kind);
            if ((kind & Kind.HUGE) != 0) {
                sink.putLong(length);
            }
            sink.putArray(new byte[length]);
        }
    }

    private static byte[] stream(boolean foldFails, List<Consumer<Out>> outcomes) {
        var sink = new ByteSink(16);
        int next = 0;
        for (int lease = 0; lease < COUNTS.length; lease++) {
            var writer = new ValueWriter(sink);
            int expected = lease == 2 ? 1 : COUNTS[lease];
            if (lease == 2 && foldFails) {
                var out = new Out(sink, writer, 0);
                out.printed(1, "one");
                out.printed(3, "three");
                sink.putRecord(Kind.AT, 9L);
                out.failure("folding");
                expected = 0;
            }
            for (int i = 0; i < expected; i++) {
                outcomes.get(next++ % outcomes.size()).accept(new Out(sink, writer, i));
            }
            sink.putRecord(Kind.LEASE_END, 1_000L);
        }
        return sink.toBytes().toArray();
    }

    private static List<byte[]> corpus() {
        Consumer<Out> small = out -> out.value(5);
        Consumer<Out> text = out -> out.value("outcome");
        Consumer<Out> point = out -> out.value(new Point("p", 1, new Point("q", 2, null)));
        Consumer<Out> java = out -> out.value(new ArrayList<>(List.of(1, "two")));
        Consumer<Out> failed = out -> out.failure("failed");
        Consumer<Out> cancelled = out -> out.raw(Kind.CANCELLED, 0);
        Consumer<Out> huge = out -> out.raw(Kind.BYTES | Kind.HUGE, 10);
        Consumer<Out> hugeFailure = out -> out.raw(Kind.FAILED | Kind.HUGE, 20);
        Consumer<Out> prints = out -> out.printed("printed");
        Consumer<Out> printsMuch = out -> out.printed("z".repeat(Kind.MOST_PRINTED));
        Consumer<Out> longText = out -> out.value("x".repeat(70_000));
        Consumer<Out> longFailure = out -> out.failure("y".repeat(40_000));
        return List.of(
                stream(false, List.of(small)),
                stream(true, List.of(small, text, point, failed, java, cancelled)),
                stream(true, List.of(huge, hugeFailure, small)),
                stream(true, List.of(prints.andThen(point), small, prints.andThen(failed), printsMuch.andThen(text))),
                stream(false, List.of(point, text, point, small, java, point, text, text, longText)),
                stream(false, List.of(longFailure, small, failed, small, small, text, failed, small, failed)));
    }

    // -- the fuzzer --------------------------------------------------------------------------

    private List<Received> leases(int place) throws IOException {
        worker.begin(place);
        var leases = new ArrayList<Received>();
        for (int i = 0; i < COUNTS.length; i++) {
            leases.add(worker.lease(i == 2 ? Verb.FOLD : Verb.MAP, COUNTS[i]));
        }
        return leases;
    }

    private static String told(List<Received> leases) {
        var told = new StringBuilder();
        for (var lease : leases) {
            told.append(lease.outcomes()).append(lease.ended() ? ". " : " ");
        }
        return told.toString();
    }

    String feed(byte[] stream, Random random) throws IOException {
        var leases = leases(random.nextBoolean() ? 0 : (1 << 21) - random.nextInt(2_000));
        boolean lies = random.nextInt(4) == 0;
        try {
            int most = 1 + stream.length / 100 + random.nextInt(random.nextBoolean() ? 20 : 100_000);
            for (int at = 0; at < stream.length; ) {
                at += worker.write(stream, at, Math.min(1 + random.nextInt(most), stream.length - at));
                worker.drainAll();
                if (lies && random.nextInt(8) == 0) {
                    worker.lie(lie(random));
                    worker.drainAll();
                }
            }
            return told(leases);
        } catch (CorruptLinkException e) {
            return told(leases) + Fuzz.trace(e);
        }
    }

    private static long lie(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(1 << 21);
            case 1 -> random.nextLong();
            case 2 -> Long.MAX_VALUE >>> random.nextInt(50);
            default -> -random.nextInt(100);
        };
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS) // the fuzzer looks for hangs by itself
    void f30_whatever_is_in_the_reply_ring_is_an_outcome_or_corrupt() throws Exception {
        Fuzz.run("replies", corpus(), this::feed);
    }

    @Test
    void f30_bytes_that_change_while_they_are_read_are_outcomes_or_corrupt() throws Exception {
        var stream = corpus().get(1);
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            leases(0);
            worker.write(stream, 0, stream.length);
            var changing = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 2_000; i++) {
                    worker.change(1 + random.nextInt(stream.length), (byte) random.nextInt());
                }
            });
            try {
                while (changing.isAlive()) {
                    worker.drainAll();
                }
            } catch (CorruptLinkException e) {
                assertFalse(e.getMessage().isEmpty());
            } finally {
                changing.join();
            }
        }
    }

    // -- what is found out by name -----------------------------------------------------------

    @Test
    void what_an_honest_worker_writes_arrives_in_slices_of_any_size() throws Exception {
        for (var stream : corpus()) {
            for (int slice : new int[] {13, 4_096, 1 << 20}) {
                var leases = leases((1 << 21) - 100);
                for (int at = 0; at < stream.length; ) {
                    at += worker.write(stream, at, Math.min(slice, stream.length - at));
                    worker.drainAll();
                }

                assertEquals("7. 1. 1. 2. ", told(leases));
                assertArrayEquals(stream, whole(leases));
            }
        }
    }

    private static byte[] whole(List<Received> leases) {
        var whole = new ByteSink(16);
        for (var lease : leases) {
            whole.putArray(lease.bytes());
            whole.putRecord(Kind.LEASE_END, 1_000L);
        }
        return whole.toBytes().toArray();
    }

    @Test
    void bytes_are_counted_before_anyone_can_read_them() throws IOException {
        var counted = new ArrayList<Long>();
        worker.begin(0);
        worker.lease(new Received(Verb.MAP, 2) {
            @Override
            public void replied(byte[] records, int length, int items, boolean allOk) {
                counted.add(worker.received());
            }
        });
        for (int i = 0; i < 2; i++) {
            worker.write(new byte[] {Kind.NULL}, 0, 1);
            worker.drainAll();
        }

        assertEquals(List.of(1L, 2L), counted);
    }

    private String complaint(Verb verb, int count, byte... stream) throws IOException {
        worker.begin(0);
        worker.lease(verb, count);
        worker.write(stream, 0, stream.length);
        return assertThrows(CorruptLinkException.class, worker::drainAll).getMessage();
    }

    @Test
    void f30_a_lease_that_ends_without_all_of_its_outcomes_is_corrupt() throws IOException {
        byte[] early = {Kind.NULL, Kind.NULL, Kind.LEASE_END, 1, 0, 0, 0, 0, 0, 0, 0};

        assertEquals("a worker ended a lease after 2 outcomes, but was asked for 3", complaint(Verb.MAP, 3, early));
        assertEquals("a worker sent 2 outcomes, but was asked for 1", complaint(Verb.FOLD, 3, early));
    }

    @Test
    void f30_a_message_to_which_nobody_listens_is_corrupt() throws IOException {
        byte[] message = {Kind.EMITTED, 9, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, Kind.NULL};
        assertEquals("a worker sent a message of item 5, to which nobody listens",
                complaint(Verb.MAP, 9, message));
        assertEquals("an item emitted a message of 0 bytes",
                complaint(Verb.MAP, 9, Kind.EMITTED, (byte) 8, (byte) 0, (byte) 0, (byte) 0, (byte) 0,
                        (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0));
    }

    @Test
    void f30_an_outcome_too_many_is_corrupt() throws IOException {
        assertEquals("a worker sent 2 outcomes, but was asked for 1",
                complaint(Verb.MAP, 1, Kind.NULL, Kind.NULL));
        assertEquals("a worker sent 2 outcomes, but was asked for 1",
                complaint(Verb.FOLD_LONG, 9, Kind.NULL, Kind.NULL));
    }

    @ParameterizedTest
    @ValueSource(bytes = {15, 27, 31, 33, 63, 64, 75, 76, 127, -1, -128})
    void f30_a_record_of_no_known_kind_is_corrupt(byte kind) throws IOException {
        assertEquals("no such kind of record: " + kind, complaint(Verb.MAP, 1, kind));
    }

    private String complaint(Received lease, Consumer<Out> prints) throws IOException {
        var sink = new ByteSink(16);
        prints.accept(new Out(sink, new ValueWriter(sink), 0));
        var stream = sink.toBytes().toArray();
        worker.begin(0);
        worker.lease(lease);
        worker.write(stream, 0, stream.length);
        return assertThrows(CorruptLinkException.class, worker::drainAll).getMessage();
    }

    @Test
    void f30_prints_of_another_item_than_the_one_that_runs_are_corrupt() throws IOException {
        for (int index : new int[] {-1, 1, 2, 3, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertEquals("a worker told what item " + index + " had printed, which nobody has asked for",
                    complaint(new Received(Verb.MAP, 3), out -> out.printed(index, "x")));
        }
        for (int index : new int[] {-1, 3}) {
            assertEquals("a worker told what item " + index + " had printed, which nobody has asked for",
                    complaint(new Received(Verb.FOLD, 3), out -> out.printed(index, "x")));
        }
    }

    @Test
    void f30_prints_that_come_twice_or_late_or_are_not_wanted_are_corrupt() throws IOException {
        Consumer<Out> zero = out -> out.printed(0, "x");
        Consumer<Out> one = out -> out.printed(1, "x");
        Consumer<Out> value = out -> out.value(5);

        assertEquals("a worker told what item 0 had printed, which nobody has asked for",
                complaint(new Received(Verb.MAP, 3), zero.andThen(zero)));
        assertEquals("a worker told what item 0 had printed, which nobody has asked for",
                complaint(new Received(Verb.MAP, 3), value.andThen(zero)));
        assertEquals("a worker told what item 0 had printed, which nobody has asked for",
                complaint(new Received(Verb.FOLD_LONG, 3), one.andThen(zero)));
        assertEquals("a worker told what item 1 had printed, which nobody has asked for",
                complaint(new Received(Verb.FOLD, 3), zero.andThen(value).andThen(one)));
        assertEquals("a worker told what item 0 had printed, which nobody has asked for",
                complaint(new Received(Verb.MAP, 3, false), zero));
    }

    @Test
    void f30_prints_of_an_absurd_length_are_corrupt() throws IOException {
        for (int length : new int[] {-16, -1, Kind.MOST_PRINTED + 1, 1 << 20, Integer.MAX_VALUE - 16}) {
            assertEquals("a worker told of " + length + " bytes that an item had printed",
                    complaint(new Received(Verb.MAP, 3), out -> {
                        out.sink().putRecord(Kind.PRINTED, 16 + length);
                        out.sink().putArray(new byte[Math.clamp(16L + length, 0, 70_000)]);
                    }));
        }
    }

    @Test
    void f30_a_length_below_zero_is_corrupt() throws IOException {
        byte minus = -1;

        assertEquals("a record claims to be -1 bytes long",
                complaint(Verb.MAP, 1, Kind.LATIN1, minus, minus, minus, minus));
    }

    @Test
    void f30_a_failure_that_is_longer_than_an_array_can_be_is_corrupt() throws IOException {
        var head = ByteBuffer.allocate(9).order(ByteOrder.LITTLE_ENDIAN).put((byte) (Kind.FAILED | Kind.HUGE));

        assertEquals("a failure claims to be 3000000009 bytes long",
                complaint(Verb.MAP, 1, head.putLong(3_000_000_000L).array()));
    }

    @Test
    void f30_a_position_that_cannot_be_is_corrupt() throws IOException {
        for (long more : new long[] {-1, 1 << 22, Long.MAX_VALUE / 2, Long.MIN_VALUE}) {
            worker.begin(1_000);
            worker.lease(Verb.MAP, 1);
            worker.lie(more);

            assertThrows(CorruptLinkException.class, worker::drainAll, () -> "at " + more);
        }
    }
}
