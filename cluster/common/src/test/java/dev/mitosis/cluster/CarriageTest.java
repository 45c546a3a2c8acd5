package dev.mitosis.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.agent.Frame;
import dev.mitosis.agent.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What nodes lack goes to them, whichever of them the engine asks next.
class CarriageTest {
    private final Shelf shelf = new Shelf();
    private final String spec = shelf.put(new byte[] {1});
    private final List<String> jars = List.of(shelf.put(new byte[] {2}), shelf.put(new byte[] {3}));

    /// An engine that asks one node after another.
    ///
    /// @param nodes what each has
    /// @param asked how often it has asked one
    /// @param classified what a failure means
    /// @param fails whether it fails instead
    private record Turns(List<Set<String>> nodes, AtomicInteger asked, Failure classified, boolean fails)
            implements ClusterTransport {
        @Override
        public CompletableFuture<byte[]> submit(Submission submission) {
            if (fails) {
                return CompletableFuture.failedFuture(new IllegalStateException("Job 7 cancelled"));
            }
            var node = nodes.get(asked.getAndIncrement() % nodes.size());
            try {
                return CompletableFuture.completedFuture(handle(Frame.of(submission.frame()), node).toBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Reply handle(Frame frame, Set<String> node) {
            frame.attached().forEach(blob -> node.add(blob.hash()));
            var missing = node.contains(frame.spec())
                    ? frame.needed().stream().filter(hash -> !node.contains(hash)).toList() : List.of(frame.spec());
            return new Reply(missing.isEmpty() ? Reply.Status.DONE : Reply.Status.MISSING, "", missing,
                    ByteBuffer.allocate(0));
        }

        @Override
        public void cancel(long id) {}

        @Override
        public void watchMembers(Consumer<MemberEvent> listener) {}

        @Override
        public Capabilities capabilities() {
            return new Capabilities("turns", 1 << 20, Duration.ofMillis(20), true, false);
        }

        @Override
        public Failure classify(Throwable failure) {
            return classified;
        }

        @Override
        public void close() {}
    }

    private Frame frame() {
        return new Frame(Frame.Kind.RUN, "session", spec, jars, List.of(), List.of(ByteBuffer.allocate(8)));
    }

    @Test
    void a_frame_that_comes_to_another_node_each_time_brings_what_the_ones_before_lacked() throws Exception {
        var engine = new Turns(List.of(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>(),
                new HashSet<>()), new AtomicInteger(), ClusterTransport.Failure.REJECTED, false);
        var carried = new Carriage(engine, shelf).new Trip().carry(frame(), "");
        assertInstanceOf(Carriage.Carried.Answered.class, carried);
        assertEquals(3, engine.asked().get(), "one asked for the spec, one for the jars, one got all");
    }

    @Test
    void what_somebody_else_has_cancelled_is_stopped_and_not_refused() throws Exception {
        var engine = new Turns(List.of(), new AtomicInteger(), ClusterTransport.Failure.CANCELLED, true);
        var carried = new Carriage(engine, shelf).new Trip().carry(frame(), "");
        assertEquals(new Carriage.Carried.Stopped("Job 7 cancelled"), carried);
    }

    @Test
    void what_only_its_own_call_needs_and_is_too_large_is_the_business_of_no_other() throws Exception {
        byte[] large = new byte[2 << 20];
        var function = shelf.put(large);
        var engine = new Turns(List.of(new HashSet<>(Set.of(spec))), new AtomicInteger(),
                ClusterTransport.Failure.NODE_LOST, false);
        var frame = new Frame(Frame.Kind.RUN, "session", spec, List.of(function), List.of(), List.of());
        var rejected = assertInstanceOf(Carriage.Carried.Rejected.class,
                new Carriage(engine, shelf).new Trip().carry(frame, ""));
        assertTrue(rejected.why().contains(large.length + " bytes"), rejected.why());
    }

    @Test
    void what_is_not_on_the_shelf_is_refused_and_named() throws Exception {
        shelf.remove(spec);
        var engine = new Turns(List.of(new HashSet<>()), new AtomicInteger(),
                ClusterTransport.Failure.REJECTED, false);
        var refused = assertInstanceOf(Carriage.Carried.Refused.class,
                new Carriage(engine, shelf).new Trip().carry(frame(), ""));
        assertTrue(refused.why().contains(spec), refused.why());
    }
}
