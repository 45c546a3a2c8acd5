package dev.mitosis.contract.verbs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.mitosis.NotReadableException;
import dev.mitosis.NotShippableException;
import dev.mitosis.TaskFailedException;
import dev.mitosis.contract.verbs.AnyVerb.Trait;
import dev.mitosis.contract.verbs.Work.Item;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What throws or cannot travel, in every verb and signature: it is one item's failure, and no worker's.
abstract class EveryVerbFailuresContract extends EveryVerb {
    static Stream<AnyVerb> verbsWithItems() {
        return verbs().filter(AnyVerb::takesItems);
    }

    static Stream<AnyVerb> verbsWithInput() {
        return verbsWithItems().filter(verb -> !verb.has(Trait.ONE));
    }

    static Stream<AnyVerb> verbsWithResults() {
        return verbs().filter(verb -> !verb.has(Trait.NO_RESULT));
    }

    private Failure failure(AnyVerb verb, Deed deed) {
        return failure(verb, work(deed), items(verb, ""));
    }

    private Failure failure(AnyVerb verb, Work work, Iterable<Item> items) {
        long deaths = pool().stats().deaths();

        var failure = failure(verb, view(verb), work, items);

        assertEquals(TaskFailedException.class, failure.type());
        assertEquals(deaths, pool().stats().deaths(), "the worker lives");
        return failure;
    }

    @ParameterizedTest
    @EnumSource
    void f1_an_exception(AnyVerb verb) {
        var failure = failure(verb, Deed.THROWS);

        var thrown = assertInstanceOf(IllegalStateException.class, failure.reason());
        assertEquals("thrown by " + Work.PLACE, thrown.getMessage());
        assertEquals("act", thrown.getStackTrace()[0].getMethodName());
        failure.says("IllegalStateException: thrown by " + Work.PLACE);
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void f1_an_error(AnyVerb verb) {
        var failure = failure(verb, Deed.THROWS_AN_ERROR);

        assertInstanceOf(LinkageError.class, failure.reason());
        failure.says("LinkageError: raised by " + Work.PLACE);
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void f1_an_overflow_of_the_stack(AnyVerb verb) {
        var failure = failure(verb, Deed.OVERFLOWS_THE_STACK);

        assertEquals("deeper", assertInstanceOf(
                StackOverflowError.class, failure.reason()).getStackTrace()[0].getMethodName());
        failure.says("StackOverflowError");
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void f2_an_exception_that_cannot_travel(AnyVerb verb) {
        var failure = failure(verb, Deed.THROWS_WHAT_CANNOT_TRAVEL);

        failure.says(Deed.HeavyException.class.getName() + ": heavy " + Work.PLACE);
        assertEquals("act", failure.reason().getStackTrace()[0].getMethodName());
    }

    @ParameterizedTest
    @MethodSource("verbsWithResults")
    void f3_a_result_that_cannot_travel(AnyVerb verb) {
        var failure = failure(verb, Deed.RETURNS_WHAT_CANNOT_TRAVEL);

        assertInstanceOf(NotShippableException.class, failure.reason());
        failure.says(Deed.Stuck.class.getName());
    }

    @ParameterizedTest
    @EnumSource
    void f4_a_captured_variable_that_cannot_travel(AnyVerb verb) {
        var work = work(Deed.RETURNS).withBallast(new Deed.Stuck());

        var seen = see(verb, pool(), work, items(verb, ""));

        assertEquals(List.of(), seen.values());
        var refusal = seen.failures().getFirst();
        assertEquals(NotShippableException.class, refusal.type());
        refusal.says(Deed.Stuck.class.getName());
        refusal.says("ballast");
        assertEquals(List.of(), started());
        assertWorks(verb, pool());
    }

    @ParameterizedTest
    @MethodSource("verbsWithItems")
    void f4_an_item_that_cannot_travel(AnyVerb verb) {
        var failure = failure(verb, work(Deed.RETURNS), items(verb, new Deed.Stuck()));

        assertInstanceOf(NotShippableException.class, failure.reason());
        failure.says(Deed.Stuck.class.getName());
        failure.says("content");
    }

    @ParameterizedTest
    @MethodSource("verbsWithItems")
    void f5_an_item_that_the_worker_cannot_read(AnyVerb verb) {
        var failure = failure(verb, work(Deed.RETURNS), items(verb, new Deed.Unreadable()));

        failure.says("not for reading");
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void f5_a_captured_variable_that_the_worker_cannot_read(AnyVerb verb) {
        var work = work(Deed.RETURNS).withBallast(new Deed.Unreadable());

        var seen = see(verb, pool(), work, items(verb, ""));

        assertEquals(List.of(), seen.values());
        assertEquals(verb.has(Trait.LAZY) ? Work.COUNT : 1, seen.failures().size(), seen.toString());
        for (var failure : seen.failures()) {
            assertEquals(TaskFailedException.class, failure.type());
            failure.says("not for reading");
        }
        assertWorks(verb, pool());
    }

    @ParameterizedTest
    @MethodSource("verbsWithResults")
    void f6_a_result_that_the_caller_cannot_read(AnyVerb verb) {
        var failure = failure(verb, Deed.RETURNS_WHAT_CANNOT_BE_READ);

        assertInstanceOf(NotReadableException.class, failure.reason());
        failure.says("not for reading");
    }

    @ParameterizedTest
    @MethodSource("verbsWithInput")
    void f16_an_input_that_throws(AnyVerb verb) {
        var thrown = new IllegalCallerException("the input is broken");

        var seen = see(verb, pool(), work(Deed.RETURNS), () -> brokenAtPlace(thrown));

        assertEquals(1, seen.failures().size(), seen.toString());
        assertSame(thrown, seen.failures().getFirst().reason());
        assertEquals(verb.has(Trait.LAZY) ? Work.PLACE : 0, seen.values().size(), seen.toString());
        if (!Set.of(AnyVerb.MAPPING, AnyVerb.MAPPING_UNORDERED).contains(verb)) { // their streams break off at once
            assertEquals(List.of(0L, 1L, 2L, 3L), started().stream().sorted().toList());
        }
        assertWorks(verb, pool());
    }

    private static Iterator<Item> brokenAtPlace(RuntimeException failure) {
        return LongStream.iterate(0, n -> n + 1).mapToObj(n -> {
            if (n == Work.PLACE) {
                throw failure;
            }
            return new Item(n, "");
        }).iterator();
    }
}
