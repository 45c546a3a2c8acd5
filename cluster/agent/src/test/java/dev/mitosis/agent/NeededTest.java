package dev.mitosis.agent;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is kept of what frames need, with room for two functions.
class NeededTest {
    private static final int SIZE = 100;

    private final Frame.Blob first = blob(1);
    private final Frame.Blob second = blob(2);
    private final Frame.Blob third = blob(3);
    private Blobs blobs;
    private Needed needed;

    @BeforeEach
    void open() throws IOException {
        blobs = Blobs.open(System::nanoTime);
        needed = new Needed(blobs, 2 * SIZE);
    }

    @AfterEach
    void close() {
        blobs.close();
    }

    private static Frame.Blob blob(int content) {
        byte[] bytes = new byte[SIZE];
        Arrays.fill(bytes, (byte) content);
        return new Frame.Blob(Hash.of(bytes), bytes);
    }

    private static Frame frame(String session, Frame.Blob blob) {
        return new Frame(Frame.Kind.RUN, session, "", List.of(blob.hash()), List.of(), List.of());
    }

    private Frame begin(String session, Frame.Blob blob) throws IOException {
        var frame = frame(session, blob);
        needed.hold(frame);
        blobs.keep(blob);
        return frame;
    }

    private void run(String session, Frame.Blob blob) throws IOException {
        needed.release(begin(session, blob));
    }

    private void assertKept(Frame.Blob blob) {
        assertNotNull(blobs.find(blob.hash()));
    }

    private void assertGone(Frame.Blob blob) {
        assertNull(blobs.find(blob.hash()));
    }

    @Test
    void what_was_used_longest_ago_goes_when_it_becomes_too_much() throws IOException {
        run("a", first);
        run("a", second);
        run("a", first);
        run("a", third);
        assertKept(first);
        assertGone(second);
        assertKept(third);
    }

    @Test
    void what_a_frame_needs_that_is_here_stays() throws IOException {
        run("a", first);
        var frame = begin("a", first);
        run("a", second);
        run("a", third);
        assertKept(first);
        assertGone(second);
        needed.release(frame);
        assertKept(third);
    }

    @Test
    void what_two_pools_have_used_stays_until_both_have_ended() throws IOException {
        run("a", first);
        run("b", first);
        needed.end("a");
        assertKept(first);
        needed.end("b");
        assertGone(first);
    }

    @Test
    void what_is_used_when_its_pool_ends_goes_afterwards() throws IOException {
        var frame = begin("a", first);
        needed.end("a");
        assertKept(first);
        needed.release(frame);
        assertGone(first);
    }

    @Test
    void what_is_on_a_class_path_stays() throws IOException {
        byte[] spec = new Spec(25, "", List.of(new Spec.Entry(first.hash(), "a.jar", SIZE)), List.of(), "a.Main",
                new byte[0], 1).toBytes();
        blobs.keep(new Frame.Blob(Hash.of(spec), spec));
        blobs.missing(blobs.get(Hash.of(spec)));
        run("a", first);
        needed.end("a");
        assertKept(first);
    }
}
