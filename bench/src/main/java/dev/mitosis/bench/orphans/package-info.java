/// Whether workers outlive a program that was killed, whatever they are doing.
///
/// Read in this order: `OrphansMain`, `Doing`, `Holder`, `Orphans`.
@org.jspecify.annotations.NullMarked
package dev.mitosis.bench.orphans;
