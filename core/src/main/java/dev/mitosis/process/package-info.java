/// Processes of one function, and connections between processes: see [dev.mitosis.process.Child]
/// and [dev.mitosis.process.Connection].
package dev.mitosis.process;
