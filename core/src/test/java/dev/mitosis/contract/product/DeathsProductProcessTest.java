package dev.mitosis.contract.product;

import static dev.mitosis.contract.product.Behaviour.FINE;
import static dev.mitosis.contract.product.Behaviour.KILLS;
import static dev.mitosis.contract.product.Behaviour.KILLS_ONCE;
import static dev.mitosis.contract.product.Behaviour.STUCK_RESULT;
import static dev.mitosis.contract.product.Behaviour.THROWS_ONCE;

import dev.mitosis.Backend;
import dev.mitosis.contract.product.Combination.Limit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

/// Items that kill their workers, under all options.
@Tag("process")
class DeathsProductProcessTest extends ProductContract {
    @Override
    protected Backend backend() {
        return Backend.processes();
    }

    @Override
    Stream<Combination> combinations() {
        var seconds = List.of(FINE, THROWS_ONCE, STUCK_RESULT, KILLS);
        return Combination.pairwise(List.of(KILLS_ONCE, KILLS), seconds, List.of(Limit.NONE, Limit.LONG), false);
    }
}
