package dev.mitosis.bench.peer;

/// A workload whose input is ready: each run measures it once and checks its result.
@FunctionalInterface
interface Workload {
    Figures run() throws Exception;
}
