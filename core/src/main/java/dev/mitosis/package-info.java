/// Process pools: functions run in parallel in worker processes, and whatever dies, every item has
/// exactly one outcome.
///
/// Read [dev.mitosis.Pool] first, then [dev.mitosis.PoolConfig] and [dev.mitosis.CallOptions],
/// then what comes back: [dev.mitosis.Task], [dev.mitosis.Results], [dev.mitosis.Outcome] and
/// [dev.mitosis.PoolException].
package dev.mitosis;
