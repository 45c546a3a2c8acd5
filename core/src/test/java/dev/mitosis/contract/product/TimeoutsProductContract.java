package dev.mitosis.contract.product;

import static dev.mitosis.contract.product.Behaviour.DEAF;
import static dev.mitosis.contract.product.Behaviour.DEAF_ONCE;
import static dev.mitosis.contract.product.Behaviour.FINE;
import static dev.mitosis.contract.product.Behaviour.OVERRUNS;
import static dev.mitosis.contract.product.Behaviour.OVERRUNS_ONCE;
import static dev.mitosis.contract.product.Behaviour.THROWS;
import static dev.mitosis.contract.product.Behaviour.UNREADABLE_RESULT;

import dev.mitosis.contract.product.Combination.Limit;
import java.util.List;
import java.util.stream.Stream;

/// Items that run past their time-out, hearing the interrupt or not, under all options.
abstract class TimeoutsProductContract extends ProductContract {
    @Override
    Stream<Combination> combinations() {
        var firsts = List.of(OVERRUNS_ONCE, OVERRUNS, DEAF_ONCE, DEAF);
        var seconds = List.of(FINE, THROWS, OVERRUNS, UNREADABLE_RESULT);
        return Combination.pairwise(firsts, seconds, List.of(Limit.SHORT), false);
    }
}
