package dev.mitosis.contract.product;

import static dev.mitosis.contract.product.Behaviour.FINE;
import static dev.mitosis.contract.product.Behaviour.STUCK_ITEM;
import static dev.mitosis.contract.product.Behaviour.STUCK_RESULT;
import static dev.mitosis.contract.product.Behaviour.THROWS;
import static dev.mitosis.contract.product.Behaviour.THROWS_ONCE;
import static dev.mitosis.contract.product.Behaviour.UNREADABLE_RESULT;

import dev.mitosis.Backend;
import dev.mitosis.contract.product.Combination.Limit;
import java.util.List;
import java.util.stream.Stream;

/// Items that throw or whose values cannot travel, under all options.
abstract class FailuresProductContract extends ProductContract {
    @Override
    Stream<Combination> combinations() {
        var all = List.of(FINE, THROWS_ONCE, THROWS, STUCK_ITEM, STUCK_RESULT, UNREADABLE_RESULT);
        boolean timed = !backend().equals(Backend.inline());
        var limits = timed ? List.of(Limit.NONE, Limit.LONG) : List.of(Limit.NONE);
        return Combination.pairwise(all, all, limits, true);
    }
}
