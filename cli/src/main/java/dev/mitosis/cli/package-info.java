/// The command: maps an expression over numbers or lines, in worker processes.
///
/// ```text
///   arguments --> MapCommand --> Expression   text to a function, compiled in memory
///                     |     \--> Lines        bytes to items, on demand
///                     v
///                 Pool.imap --> Printing --> LineWriter    results, in order as they come
///                                       \--> Failures      what went wrong, by line number
/// ```
/// In a worker, the compiled function is wrapped: [dev.mitosis.cli.Reading] makes the item from
/// the line before it, [dev.mitosis.cli.Rendering] makes text from the result after it. So both run
/// in parallel, a bad line fails like any other item, and results need not be serializable.
@org.jspecify.annotations.NullMarked
package dev.mitosis.cli;
