/// What the hardware and a JVM allow between two processes: the floor under the figures of pools.
///
/// Read in this order: `MappedRing`, `PartnerMain`, `Partner`.
@org.jspecify.annotations.NullMarked
package dev.mitosis.bench.floor;
