package dev.mitosis.bench.hosted;

import java.util.List;
import java.util.Map;

/// What the figures are to reach.
///
/// @param work the work
/// @param factor how many times the rate of Python's manager, or operations a second
/// @param isRatio which of both
record Target(Work work, double factor, boolean isRatio) {
    static final List<Target> ALL = List.of(
            new Target(Work.LOCK_CONTENDED, 20, true),
            new Target(Work.QUEUE, 20, true),
            new Target(Work.GET_AND_ADD, 20e6, false));

    /// What became of it.
    ///
    /// @param target the target
    /// @param figure what was measured
    record Verdict(Target target, double figure) {
        boolean isMet() {
            return figure >= target.factor;
        }

        @Override
        public String toString() {
            return target.work.words() + ": " + Rates.figure(figure)
                    + (target.isRatio ? " times the rate of Python's manager" : " a second")
                    + ", to be at least " + Rates.figure(target.factor)
                    + (isMet() ? ": met" : ": NOT MET");
        }

        Map<String, Object> facts() {
            return Map.of("work", target.work.words(), "figure", figure, "bar", target.factor,
                    "ratio", target.isRatio, "met", isMet());
        }
    }

    /// {@return the verdict, or none if something was not measured}
    List<Verdict> judge(List<Rates> all) {
        double own = median(all, Entrant.MITOSIS);
        double figure = isRatio ? own / median(all, Entrant.MANAGER) : own;
        return Double.isNaN(figure) ? List.of() : List.of(new Verdict(this, figure));
    }

    private double median(List<Rates> all, String peer) {
        return all.stream()
                .filter(rates -> rates.entrant().work() == work)
                .filter(rates -> rates.entrant().peer().equals(peer))
                .mapToDouble(Rates::median).findFirst().orElse(Double.NaN);
    }
}
