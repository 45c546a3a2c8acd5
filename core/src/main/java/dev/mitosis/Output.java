package dev.mitosis;

/// Where the lines go that workers print.
///
/// Called on a thread of the pool that serves one worker's output, never one that serves its work.
/// What is longer than 65,536 chars comes in pieces of that length (one less where a character
/// would be torn apart), one after another, each as if it were a line; nothing is lost. Lines that
/// are taken so slowly that a worker ends before them hold up the report of its death, the next
/// worker on its seat, and the closing of the pool, by half a second at most.
@FunctionalInterface
public interface Output {
    /// Takes one line.
    ///
    /// @param worker the number of the worker, from 0
    /// @param error whether the line came from standard error
    /// @param line the line, without its end, or a piece of a very long one
    void line(int worker, boolean error, String line);

    /// {@return line by line to this JVM's own standard output and error, tagged with the worker}
    static Output forward() {
        return (worker, error, line) ->
                (error ? System.err : System.out).println("[worker " + worker + "] " + line);
    }

    /// {@return nowhere; a dead worker's last lines are still in its death report}
    static Output discard() {
        return (worker, error, line) -> {};
    }
}
