package dev.mitosis.bench.scale;

import java.util.Properties;

/// What it costs to carry frames by an engine.
///
/// @param name its name
/// @param lease how long the work of a frame is to take, nanoseconds: the back-end's own choice
/// @param frame what a frame takes of the one thread of the driver that all pass, nanoseconds
/// @param slot for how much longer than its work a frame takes a slot, nanoseconds
/// @param bandwidth how many bytes come back to the driver in a nanosecond
record Engine(String name, double lease, double frame, double slot, double bandwidth) {
    private static final int SEATS = 160; // that have the engine's own lease time

    private static final double MILLI = 1e6; // nanoseconds
    private static final double MEGA = 1e-3; // a megabyte a second, in bytes a nanosecond

    /// Reads one of an engine's parameters.
    static Engine of(String name, Properties parameters) {
        return new Engine(name,
                number(parameters, name + ".lease.ms") * MILLI,
                number(parameters, name + ".frame.ms") * MILLI,
                number(parameters, name + ".slot.ms") * MILLI,
                number(parameters, name + ".bandwidth.mb") * MEGA);
    }

    /// {@return how long the work of a frame is to take for so many seats, by the rule of the pool}
    double lease(int seats) {
        return lease * Math.max(SEATS, seats) / SEATS;
    }

    static double number(Properties parameters, String name) {
        var value = parameters.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("no parameter " + name);
        }
        return Double.parseDouble(value);
    }
}
