package dev.mitosis.bench.torture;

import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/// Reopens a house now and then, and closes it at the end.
final class Keeper {
    private final House house;
    private final SplittableRandom random;
    private final Progress progress = new Progress("keeper");

    Keeper(House house, SplittableRandom random) {
        this.house = house;
        this.random = random;
    }

    Progress progress() {
        return progress;
    }

    void runUntil(BooleanSupplier enough) {
        try {
            while (!enough.getAsBoolean()) {
                int naps = random.nextInt(100, 500); // of 100 ms each
                for (int i = 0; i < naps && !enough.getAsBoolean(); i++) {
                    progress.begin("naps");
                    Thread.sleep(100);
                }
                progress.begin("reopens its pool");
                house.reopen(random);
            }
            progress.begin("closes its pool");
            house.close();
            progress.end();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e); // nobody interrupts it
        }
    }
}
