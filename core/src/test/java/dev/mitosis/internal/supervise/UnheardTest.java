package dev.mitosis.internal.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mitosis.internal.Credits;
import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.internal.codec.Kind;
import dev.mitosis.internal.link.CorruptLinkException;
import dev.mitosis.spi.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Messages of items wait for their listener in this heap, so a worker that sends more than it may is corrupt.
class UnheardTest {
    @TempDir
    Path directory;

    private LyingWorker worker;
    private final ArrayDeque<Runnable> unheard = new ArrayDeque<>();

    @BeforeEach
    void attach() throws IOException {
        worker = new LyingWorker(directory);
        worker.lease(new Received(Job.Verb.MAP, 1) {
            @Override
            public Job job() {
                var job = super.job();
                return new Job(job.call(), "", job.verb(), job.function(), 0, null, false, true);
            }

            @Override
            public void emitted(long index, byte[] value, Runnable heard) {
                unheard.add(heard);
            }
        });
    }

    @AfterEach
    void detach() throws IOException {
        worker.close();
    }

    private void emit(int count) {
        var sink = new ByteSink(16);
        for (int i = 0; i < count; i++) {
            sink.putRecord(Kind.EMITTED, 9);
            sink.putLong(0);
            sink.putByte(Kind.NULL);
        }
        var bytes = sink.toBytes().toArray();
        worker.write(bytes, 0, bytes.length);
        worker.drainAll();
    }

    @Test
    void as_many_may_be_unheard_as_there_are_credits() {
        emit(Credits.MOST);
        for (int i = 0; i < 1_000; i++) {
            unheard.remove().run();
            emit(1);
        }

        assertEquals(Credits.MOST, unheard.size());
    }

    @Test
    void one_more_is_corrupt() {
        emit(Credits.MOST);

        assertEquals("a worker sent a message while 256 others were unheard",
                assertThrows(CorruptLinkException.class, () -> emit(1)).getMessage());
        assertEquals(Credits.MOST, unheard.size());
    }
}
