package dev.mitosis.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.agent.Frame;
import dev.mitosis.agent.NodeFacts;
import dev.mitosis.agent.Reply;
import dev.mitosis.agent.Spec;
import dev.mitosis.agent.Wire;
import dev.mitosis.internal.codec.Kind;
import dev.mitosis.internal.node.Answer;
import dev.mitosis.internal.node.Work;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.CrewListener.Death;
import dev.mitosis.spi.Items;
import dev.mitosis.spi.Job;
import dev.mitosis.spi.Lease;
import dev.mitosis.testing.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever comes from another machine: what it says, or an IOException.
class WireFuzzTest {
    private static final int LARGE = 20 << 20;

    /// A way to read bytes.
    private interface Reader {
        Object read(byte[] bytes) throws IOException;
    }

    private static final List<Reader> READERS = List.of(Frame::of, Reply::of, Spec::of,
            bytes -> NodeFacts.of(ByteBuffer.wrap(bytes)), Work::of, bytes -> Answer.of(ByteBuffer.wrap(bytes)));

    private static Frame frame() {
        return new Frame(Frame.Kind.RUN, "0123", "spec", List.of("a", "b"),
                List.of(new Frame.Blob("a", new byte[7])), List.of(ByteBuffer.wrap(new byte[] {1, 2, 3})));
    }

    private static Spec spec() {
        return new Spec(25, "/opt/java", List.of(new Spec.Entry("a", "a.jar", 7)), List.of("-Xmx1g"), "Main",
                new byte[5], 60);
    }

    private static Work work(Items items) {
        return new Work("call", Job.Verb.MAP, new Work.Switches(1, true, false), "function", new byte[9],
                List.of("code"), new Lease.Limits(Duration.ofSeconds(1), Duration.ofSeconds(2)),
                new Work.Span(40, 3, 1, true), items, 1 << 20);
    }

    private static Answer answer(Answer.End end) {
        List<Answer.Note> notes = List.of(new Answer.Note.Printed(40, new byte[] {'x'}, 2),
                new Answer.Note.Expired(1, "stacks"), new Answer.Note.Emitted(41, new byte[] {1}));
        return new Answer(Bytes.of(new byte[] {Kind.CANCELLED, Kind.CANCELLED}), 2, new Answer.Ran(7, 8, 9), notes,
                end);
    }

    private static List<byte[]> corpus() {
        var values = new Items.Values(Bytes.of(new byte[40]), new Items.Frames(10, 0), 1);
        var death = new Death(7, 1, OptionalInt.of(137), "was killed", "frame", null, List.of("last words"));
        return List.of(frame().toBytes(), Reply.refused("no").toBytes(), spec().toBytes(),
                work(values).toBytes().toArray(), work(new Items.Range(5)).toBytes().toArray(),
                answer(new Answer.End.Through()).toBytes().toArray(),
                answer(new Answer.End.Died(death)).toBytes().toArray(),
                answer(new Answer.End.Hopeless("no Java")).toBytes().toArray());
    }

    private static String feed(byte[] bytes, Random random) {
        var result = new StringBuilder();
        for (var reader : READERS) {
            try {
                result.append(reader.read(bytes.clone()).getClass().getSimpleName());
            } catch (IOException e) {
                result.append(Fuzz.trace(e));
            }
        }
        return result.toString();
    }

    @Test
    void whatever_comes_is_read_or_refused() throws Exception {
        Fuzz.run("cluster", corpus(), WireFuzzTest::feed);
    }

    @Test
    void what_was_written_is_read() throws IOException {
        for (var bytes : corpus()) {
            assertTrue(READERS.stream().anyMatch(reader -> isRead(reader, bytes)));
        }
        var read = Frame.of(frame().toBytes());
        assertEquals(List.of("a", "b"), read.needed());
        assertArrayEquals(new byte[] {1, 2, 3}, Wire.joined(read.work()));
    }

    private static boolean isRead(Reader reader, byte[] bytes) {
        try {
            reader.read(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void long_work_travels_in_pieces_of_its_own() throws IOException {
        var large = ByteBuffer.wrap(new byte[LARGE]);
        var few = ByteBuffer.wrap(new byte[] {4, 5});
        var pieces = new Frame(Frame.Kind.RUN, "", "", List.of(), List.of(), List.of(few, large, few)).toPieces();

        assertEquals(3, pieces.size());
        assertEquals(large, pieces.get(1)); // and not a copy
        var read = Frame.of(pieces.stream().map(ByteBuffer::array).toArray(byte[][]::new));
        assertEquals(LARGE + 4, Wire.size(read.work()));
    }

    @Test
    void an_array_from_a_stream_has_what_came_and_then_its_tail() throws IOException {
        var sent = ByteBuffer.allocate(Integer.BYTES + LARGE).putInt(LARGE).array();
        Arrays.fill(sent, Integer.BYTES, sent.length, (byte) 3);
        byte[] read = Wire.readArray(new DataInputStream(new ByteArrayInputStream(sent)), new byte[] {9, 8});

        var expected = new byte[LARGE + 2];
        Arrays.fill(expected, (byte) 3);
        expected[LARGE] = 9;
        expected[LARGE + 1] = 8;
        assertArrayEquals(expected, read);
    }

    @Test
    void a_length_that_is_a_lie_is_not_believed() {
        var sent = ByteBuffer.allocate(Integer.BYTES + 3).putInt(Integer.MAX_VALUE - 100).array();
        var stream = new DataInputStream(new ByteArrayInputStream(sent));
        assertThrows(IOException.class, () -> Wire.readArray(stream, new byte[0]));
    }

    @Test
    void bytes_of_another_version_are_refused_by_name() {
        var bytes = frame().toBytes();
        bytes[0] = 1;
        var message = assertThrows(IOException.class, () -> Frame.of(bytes)).getMessage();
        assertEquals("one side of this cluster speaks version 1 and the other " + Wire.VERSION
                + ": the driver and all nodes need the same mitosis-agent", message);
    }
}
