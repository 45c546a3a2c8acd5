package dev.mitosis.bench.charts;

/// The kinds of peers, each with a look of its own.
enum Family {
    MITOSIS("Mitosis", 0x0b5cad),
    PYTHON("pools of Python", 0xd9730d),
    NODE("pools of Node.js", 0x2e8b57),
    CALLER("threads, without isolation", 0x777777),
    FLOOR("no pool, the bare machine", 0x000000);

    private final String title;
    private final int colour;

    Family(String title, int colour) {
        this.title = title;
        this.colour = colour;
    }

    /// Returns the family of a peer of `bench/side-by-side`; one that is not known is a mistake.
    static Family of(String peer) {
        return switch (peer) {
            case "mitosis", "mitosis-uncached", "mitosis-map" -> MITOSIS;
            case "mp-fork", "mp-spawn", "mp-forkserver", "executor", "loky", "billiard",
                    "pebble" -> PYTHON;
            case "piscina", "tinypool", "workerpool" -> NODE;
            case "mitosis-threads", "thread-pool", "fork-join", "parallel-stream" -> CALLER;
            case "floor", "floor-socket" -> FLOOR;
            default -> throw new IllegalArgumentException("no family for the peer " + peer);
        };
    }

    String title() {
        return title;
    }

    int colour() {
        return colour;
    }
}
