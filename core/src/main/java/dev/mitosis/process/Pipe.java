package dev.mitosis.process;

/// Two connected ends: what one sends, the other receives, both ways.
///
/// ```java
/// var pipe = Pipe.open();
/// var end = pipe.second();
/// try (var child = Child.start(() -> work(end)); var mine = pipe.first()) {
///     mine.send("abc");
///     System.out.println(mine.receive());
/// }
/// ```
/// **Cost.** In one process a message is bytes in a queue; no socket and no thread is made before
/// an end travels. An end that has travelled adds the way over one socket.
/// **Ends.** Close both ends, each where it is used: see [Connection].
///
/// @param first one end
/// @param second the other end
public record Pipe(Connection first, Connection second) {
    /// Opens a pipe.
    ///
    /// @return two ends, to be closed
    public static Pipe open() {
        var toFirst = new Inbox();
        var toSecond = new Inbox();
        return new Pipe(new Conversation(toFirst, toSecond), new Conversation(toSecond, toFirst));
    }
}
