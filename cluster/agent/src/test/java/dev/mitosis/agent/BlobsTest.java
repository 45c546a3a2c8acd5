package dev.mitosis.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlobsTest {
    private final AtomicLong clock = new AtomicLong();
    private final Frame.Blob jar = blob("a jar");
    private Blobs blobs;

    @BeforeEach
    void open() throws IOException {
        blobs = Blobs.open(clock::get);
    }

    @AfterEach
    void close() {
        blobs.close();
    }

    private static Frame.Blob blob(String content) {
        return blob(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static Frame.Blob blob(byte[] bytes) {
        return new Frame.Blob(Hash.of(bytes), bytes);
    }

    /// Keeps the specification of hosts that need the jar alone.
    private Path kept() throws IOException {
        var entry = new Spec.Entry(jar.hash(), "a.jar", jar.bytes().length);
        var spec = blob(new Spec(25, "", List.of(entry), List.of(), "a.Main", new byte[0], 1)
                .toBytes());
        blobs.keep(spec);
        return blobs.get(spec.hash());
    }

    private void delete() throws IOException {
        Files.delete(Objects.requireNonNull(blobs.find(jar.hash())));
    }

    private void pass(long millis) {
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void a_class_path_lacks_a_file_until_it_is_kept() throws IOException {
        var spec = kept();
        assertEquals(List.of(jar.hash()), blobs.missing(spec));
        blobs.keep(jar);
        assertEquals(List.of(), blobs.missing(spec));
    }

    @Test
    void a_file_that_somebody_deletes_is_found_to_be_missing_within_a_second() throws IOException {
        var spec = kept();
        blobs.keep(jar);
        assertEquals(List.of(), blobs.missing(spec));
        delete();
        pass(999);
        assertEquals(List.of(), blobs.missing(spec), "looked for before a second had passed");
        pass(1);
        assertEquals(List.of(jar.hash()), blobs.missing(spec));
    }

    @Test
    void a_file_that_is_missed_when_a_host_is_started_is_asked_for_at_once() throws IOException {
        var spec = kept();
        blobs.keep(jar);
        assertEquals(List.of(), blobs.missing(spec));
        delete();
        assertThrows(Host.StartException.class, () -> blobs.get(jar.hash()));
        assertEquals(List.of(jar.hash()), blobs.missing(spec));
        blobs.keep(jar);
        assertEquals(List.of(), blobs.missing(spec));
    }
}
