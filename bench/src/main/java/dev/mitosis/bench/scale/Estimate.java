package dev.mitosis.bench.scale;

/// What a simulated call came to.
///
/// @param hours how long it takes
/// @param slots which part of that time the slots of the nodes work on items
/// @param frames which part of it the driver's thread for frames is busy
/// @param bytes which part of it bytes come back
/// @param reading which part of it the caller reads results
/// @param heldMib how much the driver holds of results that wait for one before them, at most, MiB
record Estimate(
        double hours, double slots, double frames, double bytes, double reading, double heldMib) {
    private static final double FULL = 0.85;

    /// {@return what there would have to be more of, for it to be faster; or `end` if the last
    /// frames leave too many slots without work}
    String limit() {
        double most = Math.max(Math.max(slots, frames), Math.max(bytes, reading));
        if (most < FULL) {
            return "end";
        }
        return most == slots ? "slots" : most == frames ? "frames"
                : most == bytes ? "bytes" : "reading";
    }
}
