package dev.mitosis.contract.verbs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Backend;
import dev.mitosis.Output;
import dev.mitosis.Pool;
import dev.mitosis.WorkerDiedException;
import dev.mitosis.contract.verbs.AnyVerb.Trait;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every verb, while an item of it ends its worker: that item has died, the others are as they were.
@Tag("process")
class EveryVerbDeathsProcessTest extends EveryVerb {
    private Pool small;

    @Override
    protected Backend backend() {
        return Backend.processes();
    }

    static Stream<AnyVerb> verbsOfOne() {
        return verbs().filter(verb -> verb.has(Trait.ONE));
    }

    static Stream<AnyVerb> verbsOfMany() {
        return verbs().filter(verb -> !verb.has(Trait.ONE));
    }

    @BeforeAll
    void openSmall() {
        small = open(c -> c.withWorkers(WORKERS).withHeap("64m").withOutput(Output.discard())
                .withJvmArgs("-XX:TieredStopAtLevel=1"));
    }

    @AfterAll
    void closeSmall() {
        small.close();
    }

    private Failure death(AnyVerb verb, Deed deed) {
        long deaths = small.stats().deaths();
        var patient = small.with(o -> o.withGrace(Duration.ofSeconds(20))); // with those that end with the verb
        var view = verb.has(Trait.FOLD) ? patient.with(o -> o.withChunkSize(1)) : patient;

        var failure = failure(verb, view, work(deed), items(verb, ""));

        assertEquals(WorkerDiedException.class, failure.type());
        assertEquals(deaths + 1, small.stats().deaths());
        return failure;
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void f7_an_item_that_exits_or_halts(AnyVerb verb) {
        if (verb.ordinal() % 2 == 0) { // each death costs the start of a JVM
            death(verb, Deed.EXITS).says("System.exit(5)");
        } else {
            death(verb, Deed.HALTS).says("77 (halt or native exit)");
        }
    }

    @ParameterizedTest
    @MethodSource("verbsOfOne")
    void f8_an_item_that_is_killed(AnyVerb verb) {
        death(verb, Deed.KILLS_ITSELF).says("SIGKILL");
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void f9_an_item_that_fills_the_heap(AnyVerb verb) {
        death(verb, Deed.FILLS_THE_HEAP).says("its heap of 64m was exhausted");
    }

    @ParameterizedTest
    @MethodSource("verbsOfMany")
    void f13_an_item_that_is_killed_in_the_middle_of_a_batch(AnyVerb verb) {
        var view = small.with(o -> o.withChunkSize(Work.COUNT));

        var seen = see(verb, view, work(Deed.KILLS_ITSELF), items(verb, ""));

        assertEquals(1, seen.failures().size(), seen.toString());
        var failure = seen.failures().getFirst();
        assertEquals(WorkerDiedException.class, failure.type());
        assertTrue(failure.index() == Work.PLACE || verb.has(Trait.FOLD) && failure.index() < Work.PLACE,
                failure.toString()); // a block of a fold ends as a whole
        failure.says("SIGKILL");
        if (verb.has(Trait.LAZY)) {
            assertEquals(List.of(0L, 1L, 2L, 3L, 5L, 6L), seen.values().stream().sorted().toList());
        }
        var started = started().stream().sorted().toList();
        assertEquals(started.stream().distinct().toList(), started, "none ran twice");
        assertTrue(started.contains((long) Work.PLACE), started.toString());
        if (verb.has(Trait.LAZY)) { // of the others, whatever an idle worker had drawn off may never begin
            assertEquals(LongStream.range(0, Work.COUNT).boxed().toList(), started);
        }
        assertWorks(verb, small);
    }
}
