package dev.mitosis.internal.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.mitosis.NotReadableException;
import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.internal.codec.ByteSource;
import dev.mitosis.internal.codec.ItemFrames;
import dev.mitosis.internal.codec.ValueWriter;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.Job;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Items of a function that their worker cannot read.
class RefusalTest {
    private static final int COUNT = 5;

    private final List<Long> after = new ArrayList<>(); // where each item ends
    private final List<Long> read = new ArrayList<>(); // up to where was read when an outcome came

    private Bytes items(int most) {
        var sink = new ByteSink(64);
        var writer = new ValueWriter(sink);
        var frames = new ItemFrames.Writer(sink, most);
        for (int i = 0; i < COUNT; i++) {
            frames.beforeItem();
            writer.write("x".repeat(100 * i));
            after.add(sink.size());
        }
        frames.end();
        return sink.toBytes();
    }

    private final class Notes implements Outbox {
        private final ByteSource source;
        private final ByteSink sink = new ByteSink(64);

        Notes(ByteSource source) {
            this.source = source;
        }

        @Override
        public boolean begin(long ticket, long index) {
            return true;
        }

        @Override
        public ByteSink sink() {
            return sink;
        }

        @Override
        public void commit(boolean last) {
            read.add(source.position());
            sink.clear();
        }

        @Override
        public void failed(long index) {}

        @Override
        public void emit(long index, Object message) {}

        @Override
        public boolean isCancelled() {
            return false;
        }
    }

    private void refuse(Job.Verb verb, int most) throws IOException {
        var source = ByteSource.of(items(most));
        refuse(new Assignment(verb, 1, "", 1, 0, COUNT, 1, source, most, 0, 0), source);
    }

    private void refuse(Assignment next, ByteSource source) throws IOException {
        var runner = new ItemRunner(0, new Notes(source), RefusalTest.class.getClassLoader());
        runner.run(next, new NotReadableException("no such class", null));
    }

    /// Its sender may use the array again that it was sent from, once all outcomes are there.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, COUNT})
    void each_is_answered_for_once_all_of_it_has_come(int most) throws IOException {
        refuse(Job.Verb.MAP, most);

        assertEquals(after, read);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, COUNT})
    void a_block_is_answered_for_once_all_of_it_has_come(int most) throws IOException {
        refuse(Job.Verb.FOLD, most);

        assertEquals(List.of(after.getLast()), read);
    }

    /// Which may have two billion of them.
    @Test
    void a_block_of_numbers_is_answered_for_without_a_look_at_each() throws IOException {
        var none = ByteSource.of(Bytes.EMPTY);
        var next = new Assignment(Job.Verb.FOLD_LONG, 1, "", 1, 0, Integer.MAX_VALUE, 1, null, 0, 0, 0);

        assertTimeout(Duration.ofSeconds(1), () -> refuse(next, none));

        assertEquals(List.of(0L), read);
    }

    @Test
    void one_number_is_answered_for() throws IOException {
        var none = ByteSource.of(Bytes.EMPTY);

        refuse(new Assignment(Job.Verb.FOLD_LONG, 1, "", 1, 0, 1, 1, null, 0, 0, 0), none);

        assertEquals(List.of(0L), read);
    }
}
