/// Leases of a pool on another machine: run here, on local worker processes, as bytes that came and
/// bytes that go back.
///
/// Read [dev.mitosis.internal.node.Node], then [dev.mitosis.internal.node.Work] and
/// [dev.mitosis.internal.node.Answer].
package dev.mitosis.internal.node;
