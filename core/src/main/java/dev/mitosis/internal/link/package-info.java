/// Bytes between two JVMs: rings of mapped memory, a bell for sleepers, a control socket.
///
/// Read `LinkLayout` first.
package dev.mitosis.internal.link;
