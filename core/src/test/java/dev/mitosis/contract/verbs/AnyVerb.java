package dev.mitosis.contract.verbs;

import static dev.mitosis.contract.verbs.AnyVerb.Trait.FOLD;
import static dev.mitosis.contract.verbs.AnyVerb.Trait.LAZY;
import static dev.mitosis.contract.verbs.AnyVerb.Trait.NO_INPUT;
import static dev.mitosis.contract.verbs.AnyVerb.Trait.NO_RESULT;
import static dev.mitosis.contract.verbs.AnyVerb.Trait.ONE;
import static dev.mitosis.contract.verbs.AnyVerb.Trait.OVERLOAD;
import static dev.mitosis.contract.verbs.AnyVerb.Trait.RANGE;
import static dev.mitosis.contract.verbs.AnyVerb.Trait.UNORDERED;
import static dev.mitosis.contract.verbs.Work.COUNT;

import dev.mitosis.Args;
import dev.mitosis.Args2;
import dev.mitosis.LongRange;
import dev.mitosis.Pool;
import dev.mitosis.contract.verbs.Work.Item;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Gatherer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The verbs and their signatures, each as a call of which one sees what a user would.
///
/// `everywhere` is not among them: it has no items.
enum AnyVerb {
    APPLY((pool, work, items) -> Running.one(() -> pool.apply(item -> work.apply(item), first(items))), ONE),
    APPLY_CALLABLE((pool, work, _) -> Running.one(() -> pool.apply(() -> work.run())), ONE, NO_INPUT, OVERLOAD),
    APPLY_RUNNABLE((pool, work, _) -> Running.one(() -> {
        pool.apply(() -> {
            work.run();
        });
        return (long) Work.PLACE;
    }), ONE, NO_INPUT, NO_RESULT, OVERLOAD),
    APPLY_ASYNC((pool, work, items) -> Running.future(
            pool.applyAsync(item -> work.apply(item), first(items)), List::of), ONE),
    APPLY_ASYNC_CALLABLE((pool, work, _) -> Running.future(
            pool.applyAsync(() -> work.run()), List::of), ONE, NO_INPUT, OVERLOAD),
    APPLY_ASYNC_RUNNABLE((pool, work, _) -> Running.future(pool.applyAsync(() -> {
        work.run();
    }), _ -> List.of((long) Work.PLACE)), ONE, NO_INPUT, NO_RESULT, OVERLOAD),

    MAP((pool, work, items) -> Running.many(() -> pool.map(item -> work.apply(item), items))),
    MAP_CHUNKS((pool, work, items) -> Running.many(() -> pool.map(item -> work.apply(item), items, 3)), OVERLOAD),
    MAP_RANGE((pool, work, _) -> Running.many(() -> pool.map(n -> work.apply(n), range())), RANGE),
    MAP_ASYNC((pool, work, items) -> Running.future(pool.mapAsync(item -> work.apply(item), items), all -> all)),
    MAP_ASYNC_CHUNKS((pool, work, items) -> Running.future(
            pool.mapAsync(item -> work.apply(item), items, 3), all -> all), OVERLOAD),
    STARMAP((pool, work, items) -> Running.many(() -> pool.starmap((item, _) -> work.apply(item), pairs(items)))),
    STARMAP_OF_THREE((pool, work, items) -> Running.many(() -> pool.starmap(
            (item, _, _) -> work.apply(item), each(items, item -> Args.of(item, 2, 3)))), OVERLOAD),
    STARMAP_OF_FOUR((pool, work, items) -> Running.many(() -> pool.starmap(
            (item, _, _, _) -> work.apply(item), each(items, item -> Args.of(item, 2, 3, 4)), 3)), OVERLOAD),
    STARMAP_ASYNC((pool, work, items) -> Running.future(
            pool.starmapAsync((item, _) -> work.apply(item), pairs(items)), all -> all)),

    IMAP((pool, work, items) -> Running.lazy(pool.imap(item -> work.apply(item), items)), LAZY),
    IMAP_CHUNKS((pool, work, items) -> Running.lazy(pool.imap(item -> work.apply(item), items, 3)), LAZY, OVERLOAD),
    IMAP_RANGE((pool, work, _) -> Running.lazy(pool.imap(n -> work.apply(n), range())), LAZY, RANGE),
    IMAP_UNORDERED((pool, work, items) -> Running.lazy(
            pool.imapUnordered(item -> work.apply(item), items)), LAZY, UNORDERED),
    IMAP_UNORDERED_CHUNKS((pool, work, items) -> Running.lazy(
            pool.imapUnordered(item -> work.apply(item), items, 3)), LAZY, UNORDERED, OVERLOAD),
    ISTARMAP((pool, work, items) -> Running.lazy(
            pool.istarmap((item, _) -> work.apply(item), pairs(items))), LAZY),
    ISTARMAP_OF_FOUR((pool, work, items) -> Running.lazy(pool.istarmap(
            (item, _, _, _) -> work.apply(item), each(items, item -> Args.of(item, 2, 3, 4)))), LAZY, OVERLOAD),
    ISTARMAP_UNORDERED((pool, work, items) -> Running.lazy(
            pool.istarmapUnordered((item, _) -> work.apply(item), pairs(items))), LAZY, UNORDERED),
    OUTCOMES((pool, work, items) -> Running.lazy(pool.outcomes(item -> work.apply(item), items)), LAZY),
    OUTCOMES_OF_RANGE((pool, work, _) -> Running.lazy(
            pool.outcomes(n -> work.apply(n), range())), LAZY, RANGE, OVERLOAD),

    MAP_REDUCE((pool, work, items) -> Running.many(() -> pool.<Item, List<Object>>mapReduce(
            item -> List.of(work.apply(item)), (a, b) -> joined(a, b), List.of(), items)), FOLD),
    MAP_REDUCE_LONG((pool, work, _) -> Running.many(() -> bits(pool.mapReduceLong(
            n -> 1L << work.applyAsLong(n), (a, b) -> a | b, 0, range()))), FOLD, RANGE, NO_RESULT),
    MAP_TO_LONG((pool, work, _) -> Running.many(() -> LongStream.of(
            pool.mapToLong(n -> work.applyAsLong(n), range())).boxed().toList()), RANGE, NO_RESULT),
    IMAP_TO_LONG((pool, work, _) -> Running.lazy(
            pool.imapToLong(n -> work.applyAsLong(n), range())), LAZY, RANGE, NO_RESULT),

    MAPPING((pool, work, items) -> gathered(items, pool.mapping(item -> work.apply(item)))),
    MAPPING_UNORDERED((pool, work, items) -> gathered(
            items, pool.mappingUnordered(item -> work.apply(item))), UNORDERED),

    SUBMIT((pool, work, _) -> Running.future(pool.executor().submit(() -> work.run()), List::of), ONE, NO_INPUT),
    SUBMIT_RUNNABLE((pool, work, _) -> Running.future(
            pool.executor().submit(() -> work.runUnchecked()), _ -> List.of((long) Work.PLACE)),
            ONE, NO_INPUT, NO_RESULT, OVERLOAD),
    EXECUTE((pool, work, _) -> Executing.start(pool.executor(), work), ONE, NO_INPUT, NO_RESULT),
    INVOKE_ALL((pool, work, _) -> Executing.all(pool.executor(), work), LAZY, NO_INPUT),
    INVOKE_ANY((pool, work, _) -> Executing.any(pool.executor(), work), ONE, NO_INPUT);

    /// What is particular to a verb.
    enum Trait {
        /// It runs the item at the place alone, and that is its item 0.
        ONE,
        /// It tells of each item how that ended.
        LAZY,
        UNORDERED,
        /// Its unit is a block of items.
        FOLD,
        /// Its items are the numbers of a range.
        RANGE,
        /// It takes tasks, or the like, instead of items.
        NO_INPUT,
        /// No result of the function's own comes back.
        NO_RESULT,
        /// Another signature of a verb that is here, too, on the same way through the library.
        OVERLOAD
    }

    private interface Body {
        Running start(Pool pool, Work work, Iterable<Item> items) throws Exception;
    }

    private final Body body;
    private final Set<Trait> traits = EnumSet.noneOf(Trait.class);

    AnyVerb(Body body, Trait... traits) {
        this.body = body;
        this.traits.addAll(List.of(traits));
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    /// {@return whether it takes items that may be anything}
    boolean takesItems() {
        return !has(RANGE) && !has(NO_INPUT);
    }

    /// Makes a call.
    ///
    /// @param pool the pool
    /// @param work its function
    /// @param items its input, if it takes items
    /// @return the call
    /// @throws Exception if the call is refused
    Running start(Pool pool, Work work, Iterable<Item> items) throws Exception {
        return body.start(pool, work, items);
    }

    // -- inputs and results ------------------------------------------------------------------

    private static LongRange range() {
        return LongRange.of(0, COUNT);
    }

    private static Item first(Iterable<Item> items) {
        return items.iterator().next();
    }

    private static Iterable<Args2<Item, Integer>> pairs(Iterable<Item> items) {
        return each(items, item -> Args.of(item, 2));
    }

    private static <T> Iterable<T> each(Iterable<Item> items, Function<Item, T> wrap) {
        return () -> stream(items).map(wrap).iterator();
    }

    private static Stream<Item> stream(Iterable<Item> items) {
        return StreamSupport.stream(items.spliterator(), false);
    }

    private static Running gathered(Iterable<Item> items, Gatherer<Item, ?, Object> stage) {
        return Running.many(() -> stream(items).gather(stage).toList());
    }

    private static List<Object> joined(List<Object> a, List<Object> b) {
        return Stream.concat(a.stream(), b.stream()).toList();
    }

    private static List<Long> bits(long folded) {
        return LongStream.range(0, Long.SIZE).filter(n -> (folded >>> n & 1) == 1).boxed().toList();
    }
}
