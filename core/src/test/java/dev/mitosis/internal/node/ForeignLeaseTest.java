package dev.mitosis.internal.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mitosis.Backend;
import dev.mitosis.Pool;
import dev.mitosis.PoolConfig;
import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.internal.codec.ByteSource;
import dev.mitosis.internal.codec.ValueReader;
import dev.mitosis.internal.codec.ValueWriter;
import dev.mitosis.internal.schedule.Dispatcher;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.Crew;
import dev.mitosis.spi.CrewListener;
import dev.mitosis.spi.Items;
import dev.mitosis.spi.Job;
import dev.mitosis.spi.Lease;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a node answers, by a worker that is a test.
class ForeignLeaseTest {
    private static final int MOST_IN_ALL = 100; // bytes

    record Circle(double size) {}

    record Square(double size) {}

    private final List<Lease> given = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final Dispatcher dispatcher = new Dispatcher(config(), this::crew);

    private static PoolConfig config() {
        var made = new PoolConfig[1];
        Pool.open(config -> {
            made[0] = config.withWorkers(1);
            return config.withBackend(Backend.inline());
        }).close();
        return made[0];
    }

    private Crew crew(CrewListener listener) {
        return (Crew) Proxy.newProxyInstance(Crew.class.getClassLoader(), new Class<?>[] {Crew.class},
                (crew, method, args) -> switch (method.getName()) {
                    case "seats" -> 1;
                    case "runsAtOnce" -> false;
                    case "running" -> -1L;
                    case "start" -> {
                        listener.ready(0, 100, 0);
                        yield null;
                    }
                    case "lease" -> {
                        given.add((Lease) args[1]);
                        yield null;
                    }
                    default -> method.isDefault() ? InvocationHandler.invokeDefault(crew, method, args) : null;
                });
    }

    @AfterEach
    void close() {
        dispatcher.watch().close();
    }

    private void begin(int count, long most) {
        begin(count, most, MOST_IN_ALL);
    }

    private void begin(int count, long most, long mostInAll) {
        var work = new Work("", Job.Verb.MAP, new Work.Switches(0, true, true), "hash", null, List.of(),
                new Lease.Limits(null, Duration.ofSeconds(1)), new Work.Span(0, count, 1, false),
                new Items.Range(0), most);
        var job = new Job(1, "", Job.Verb.MAP, new Job.Function(1, Bytes.EMPTY, true), 0, null, true, true);
        dispatcher.crew().start();
        new ForeignLease(new ForeignLease.Place(dispatcher, false, () -> 0, mostInAll), work, job, answers::add)
                .begin();
    }

    /// Has the next item return a text.
    private void reply(int length) {
        reply("x".repeat(length));
        if (answers.isEmpty()) {
            given.getLast().ended(1_000);
        }
    }

    /// Has the next item return something, as the first of its worker.
    private void reply(Object value) {
        var sink = new ByteSink(MOST_IN_ALL);
        new ValueWriter(sink).write(value);
        byte[] records = sink.toBytes().toArray();
        given.getLast().replied(records, records.length, 1, true);
    }

    @Test
    void an_outcome_that_does_not_fit_into_an_answer_ends_its_item_and_no_other() {
        begin(3, 1_000);
        reply(10);
        reply(200);

        var answer = answers.getFirst();
        assertEquals(1, answer.done());
        var death = assertInstanceOf(Answer.End.Died.class, answer.end()).death();
        assertEquals("had an outcome of 205 bytes, more than one message can carry", death.cause());
    }

    @Test
    void an_outcome_that_does_not_fit_beside_others_is_left_for_the_next_answer() {
        begin(3, 1_000);
        reply(60);
        reply(60);

        var answer = answers.getFirst();
        assertEquals(1, answer.done());
        assertEquals(new Answer.End.Through(), answer.end());
    }

    @Test
    void what_two_workers_return_is_of_the_classes_that_it_was() throws IOException {
        begin(2, 10_000, 10_000);
        reply(new Circle(1));
        dispatcher.left(0);
        dispatcher.ready(0, 101, 0);
        reply(new Square(2));
        given.getLast().ended(1_000);

        var answer = answers.getFirst();
        assertEquals(2, answer.done());
        var reader = new ValueReader(
                ByteSource.of(answer.records()), ForeignLeaseTest.class.getClassLoader(), null);
        assertEquals(new Circle(1), reader.read());
        assertEquals(new Square(2), reader.read());
    }

    @Test
    void what_items_print_and_emit_fills_an_answer_as_their_outcomes_do() {
        begin(3, 50);
        given.getLast().printed(0, new byte[30], 0);
        given.getLast().emitted(0, new byte[30], () -> {});
        reply(1);

        var answer = answers.getFirst();
        assertEquals(1, answer.done());
        assertEquals(2, answer.notes().size());
        assertEquals(new Answer.End.Through(), answer.end());
    }
}
