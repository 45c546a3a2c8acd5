/// The torture: threads call two pools with faults of all kinds, and every outcome is judged.
///
/// What an item does follows from its number, here as in the worker, so that it is known what may
/// become of it. Read in this order: `TortureMain`, `Torture`, `Caller`, `Call`, `Verb` and the
/// classes of verbs, `Deeds`, `Act`, `Judge`; then what goes on beside: `House`, `Monkey`,
/// `Watchdog`.
@org.jspecify.annotations.NullMarked
package dev.mitosis.bench.torture;
