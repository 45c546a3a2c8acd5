package dev.mitosis.internal.worker;

import java.util.Comparator;
import java.util.Map;

/// What all threads of a worker are doing, as text.
final class StackDump {
    // what the reader looks for comes first
    private static final Comparator<Thread> ORDER = Comparator
            .comparing((Thread thread) -> !(thread instanceof RunnerThread))
            .thenComparingLong(Thread::threadId);

    private StackDump() {}

    static String ofAllThreads() {
        var text = new StringBuilder();
        Thread.getAllStackTraces().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(ORDER))
                .forEach(entry -> append(text, entry.getKey(), entry.getValue()));
        return text.toString();
    }

    private static void append(StringBuilder text, Thread thread, StackTraceElement[] frames) {
        text.append('"').append(thread.getName()).append("\" ").append(thread.getState())
                .append('\n');
        for (var frame : frames) {
            text.append("    at ").append(frame).append('\n');
        }
    }
}
