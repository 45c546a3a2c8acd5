/// The kill storm: workers are killed while they run a call, and every item is accounted for.
///
/// Each item writes its start and its end into a [dev.mitosis.bench.storm.Ledger] of its process,
/// which outlives that. What the ledgers say is compared with what the caller was told. Read in
/// this order: `KillStormMain`, `Storm`, `StormItem`, `Ledger`, `Reading`, `Killer`, `Seen`,
/// `Audit`, `Report`.
@org.jspecify.annotations.NullMarked
package dev.mitosis.bench.storm;
