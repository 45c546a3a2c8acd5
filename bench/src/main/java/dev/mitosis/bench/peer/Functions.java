package dev.mitosis.bench.peer;

import java.util.List;

/// The longer functions that workloads apply, and their results.
final class Functions {
    static final int PRIMES = 49_098; // below Inputs.CPU_SIZE

    private Functions() {}

    /// Counts by trial division: pure CPU, no allocation.
    static int primesBelow(int n) {
        int count = 0;
        for (int i = 2; i < n; i++) {
            if (isPrime(i)) {
                count++;
            }
        }
        return count;
    }

    private static boolean isPrime(int i) {
        for (int j = 2; j * j <= i; j++) {
            if (i % j == 0) {
                return false;
            }
        }
        return true;
    }

    static int nap(int ms) throws InterruptedException {
        Thread.sleep(ms);
        return ms;
    }

    static long sum(Iterable<Long> numbers) {
        long sum = 0;
        for (long number : numbers) {
            sum += number;
        }
        return sum;
    }

    /// Counts the primes serially; returns the seconds it took.
    static double serialPrimes(List<Integer> sizes) {
        var clock = Clock.start();
        for (int size : sizes) {
            Check.same(PRIMES, primesBelow(size));
        }
        return clock.seconds();
    }
}
