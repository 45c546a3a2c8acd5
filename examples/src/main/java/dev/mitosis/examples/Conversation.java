package dev.mitosis.examples;

import dev.mitosis.process.Child;
import dev.mitosis.process.Connection;
import dev.mitosis.process.Pipe;
import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;

/// A process of one function, and a connection to it.
///
/// It prints:
///
/// ```text
/// HELLO
/// WORLD
/// the child has answered 2 times
/// ```
final class Conversation {
    private Conversation() {}

    // @start region="conversation"
    static void main() throws IOException {
        Pipe pipe = Pipe.open();
        Connection there = pipe.second();
        try (Child<Integer> child = Child.start(() -> answer(there))) {
            try (Connection here = pipe.first()) {
                here.send("hello");
                IO.println(here.receive());
                here.send("world");
                IO.println(here.receive());
            }
            IO.println("the child has answered " + child.result() + " times");
        }
    }

    private static int answer(Connection parent) throws IOException {
        int answers = 0;
        try (parent) {
            while (true) {
                parent.send(String.valueOf(parent.receive()).toUpperCase(Locale.ROOT));
                answers++;
            }
        } catch (EOFException e) {
            return answers; // the other end was closed, or its process has ended
        }
    }
    // @end
}
