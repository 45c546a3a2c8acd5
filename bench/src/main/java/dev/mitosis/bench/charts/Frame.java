package dev.mitosis.bench.charts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import one.convert.Arguments;
import one.convert.JfrToFlame;

/// A method in a tree of calls, with the number of samples in which it was on the stack.
final class Frame {
    private final String name;

    // owned by the thread that reads the recordings
    private final TreeMap<String, Frame> children = new TreeMap<>();
    private long samples;

    private Frame(String name) {
        this.name = name;
    }

    /// Returns the root of all recordings of a role in a folder.
    static Frame of(Path folder, String role) throws IOException {
        var lines = new ArrayList<String>();
        try (var recordings = Files.newDirectoryStream(folder, role + "-*.jfr")) {
            for (var recording : recordings) {
                lines.addAll(collapsed(recording));
            }
        }
        return of(lines);
    }

    /// Returns the root of stacks of the form `outermost;...;innermost COUNT`.
    static Frame of(List<String> lines) {
        var root = new Frame("all");
        lines.forEach(root::add);
        return root;
    }

    private static List<String> collapsed(Path recording) throws IOException {
        var text = new ByteArrayOutputStream();
        var options = new Arguments("--cpu-time", "--dot", "--norm", "-o", "collapsed");
        JfrToFlame.parse(recording.toString(), options).dump(text);
        return text.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void add(String line) {
        int end = line.lastIndexOf(' ');
        long count = Long.parseLong(line.substring(end + 1));
        samples += count;
        var frame = this;
        for (var method : line.substring(0, end).split(";", -1)) {
            // How it was compiled would tear its samples apart.
            var plain = method.replaceAll("_\\[.]$", "");
            frame = frame.children.computeIfAbsent(plain, Frame::new);
            frame.samples += count;
        }
    }

    /// The full name of the method.
    String name() {
        return name;
    }

    /// The name of the class, without packages, and that of the method.
    String shortName() {
        var parts = Arrays.asList(name.split("\\."));
        return String.join(".", parts.subList(Math.max(0, parts.size() - 2), parts.size()));
    }

    long samples() {
        return samples;
    }

    /// The methods that it has called, by name.
    Collection<Frame> children() {
        return children.values();
    }
}
