package dev.mitosis.share;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mitosis.Pool;
import dev.mitosis.process.Child;
import dev.mitosis.process.Connection;
import dev.mitosis.process.Pipe;
import dev.mitosis.testing.Eventually;
import dev.mitosis.testing.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Two processes share beside this one; what the killed one leaves goes, and the other's stays.
@Tag("process")
@ExtendWith(LeakCheck.class)
class LiveNeighbourProcessTest {
    @Test
    void what_a_killed_process_left_is_deleted_beside_a_live_one_whose_memory_and_pool_go_on() throws IOException {
        var toLive = Pipe.open();
        var toDead = Pipe.open();
        try (var live = start(toLive.second()); var dead = start(toDead.second());
                var here = toLive.first(); var there = toDead.first()) {
            var kept = (SharedLongs) here.receive();
            var left = (SharedLongs) there.receive();
            dead.kill();
            assertTrue(dead.join(Duration.ofSeconds(20)));

            try (var pool = Pool.open(1); var own = SharedLongs.of(7)) {
                Eventually.holds("the folder of the killed one is deleted", () -> Files.notExists(folder(left)));
                assertTrue(Files.exists(Path.of(((Handle) kept.standIn()).file())));
                assertEquals(9, (long) pool.apply(() -> kept.get(1) + own.get(0)));
            }
            here.send("go on");
            assertEquals(6L, live.result());
        }
    }

    private static Child<Long> start(Connection there) {
        return Child.start(() -> {
            try (there; var array = SharedLongs.of(1, 2, 3);
                    var pool = Pool.open(c -> c.withWorkers(1).withNesting(true))) {
                pool.apply(() -> array.getAndAdd(0, 0));
                there.send(array);
                there.receive();
                return pool.apply(() -> array.stream().sum());
            }
        });
    }

    private static Path folder(SharedLongs array) {
        return Path.of(((Handle) array.standIn()).file()).getParent();
    }
}
