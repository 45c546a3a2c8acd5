/// Connections between processes: see
/// [dev.mitosis.process.Connection].
package dev.mitosis.process;
