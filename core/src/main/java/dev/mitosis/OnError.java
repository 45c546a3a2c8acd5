package dev.mitosis;

/// What a call does when items fail.
public sealed interface OnError {
    /// Nothing above the failed item starts, and the lowest failing index is thrown.
    record FailFast() implements OnError {}

    /// Every item runs, whatever the others do.
    record Collect() implements OnError {}

    /// As [FailFast], once so many items have failed; what is above the one that failed last never
    /// starts, and is not reported.
    ///
    /// @param count how many failures halt the call
    record HaltAfter(long count) implements OnError {
        /// Checks the count.
        public HaltAfter {
            if (count < 1) {
                throw new IllegalArgumentException("count must be at least 1, got " + count);
            }
        }
    }

    /// As [FailFast], once more than so many percent of the items that ended have failed, looked at
    /// from the hundredth item that ends. A call with fewer items runs to its end: when all have
    /// ended there is nothing left to halt, and what is known of them is reported.
    ///
    /// @param percent over which share the call halts
    record HaltAfterPercent(double percent) implements OnError {
        /// Checks the share.
        public HaltAfterPercent {
            if (!(percent >= 0 && percent < 100)) {
                throw new IllegalArgumentException(
                        "percent must be at least 0 and less than 100, got " + percent);
            }
        }
    }

    /// {@return the rule that the first failure ends the call}
    static OnError failFast() {
        return new FailFast();
    }

    /// {@return the rule that failures end nothing but their own item}
    static OnError collect() {
        return new Collect();
    }

    /// Returns the rule that a number of failures ends the call.
    ///
    /// @param count how many
    /// @return the rule
    static OnError haltAfter(long count) {
        return new HaltAfter(count);
    }

    /// Returns the rule that a share of failures ends the call.
    ///
    /// @param percent over which share
    /// @return the rule
    static OnError haltAfterPercent(double percent) {
        return new HaltAfterPercent(percent);
    }
}
