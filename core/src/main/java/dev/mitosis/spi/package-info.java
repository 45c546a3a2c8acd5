/// What a back-end must do: run leases of items on numbered seats and say what became of them.
///
/// Read [dev.mitosis.Backend], then [dev.mitosis.spi.Crew] and [dev.mitosis.spi.Lease].
package dev.mitosis.spi;
