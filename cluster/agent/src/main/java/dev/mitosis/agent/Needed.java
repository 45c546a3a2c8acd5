package dev.mitosis.agent;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What frames need besides a class path, such as large functions: which of it is in use.
///
/// It is deleted with the last pool that has used it, and before that, if it becomes too much, what
/// was used longest ago: whoever needs it then is asked for it again. What a frame here needs is
/// never deleted. Guarded by itself, also while it deletes.
final class Needed {
    private static final class Use {
        final Set<String> sessions = new HashSet<>();
        int frames; // that are here
        long bytes; // 0 until they have come
    }

    private final Blobs blobs;
    private final long most;
    private final Map<String, Use> uses = new LinkedHashMap<>(16, 0.75f, true); // newest last
    private long total; // bytes

    /// Makes one.
    ///
    /// @param blobs has the files
    /// @param most how many bytes to keep, but for what is in use
    Needed(Blobs blobs, long most) {
        this.blobs = blobs;
        this.most = most;
    }

    /// A frame is here, and has what it needs kept until it is released.
    synchronized void hold(Frame frame) {
        for (var hash : frame.needed()) {
            var use = uses.computeIfAbsent(hash, h -> new Use());
            use.sessions.add(frame.session());
            use.frames++;
        }
    }

    /// A frame is through.
    synchronized void release(Frame frame) {
        for (var hash : frame.needed()) {
            var use = uses.get(hash);
            if (use != null) {
                use.frames--;
                count(hash, use);
            }
        }
        if (total > most) {
            for (var hash : List.copyOf(uses.keySet())) {
                if (total > most && !frame.needed().contains(hash)) { // of these come more frames
                    deleteUnused(hash);
                }
            }
        }
    }

    private void count(String hash, Use use) {
        if (use.bytes == 0) {
            use.bytes = blobs.size(hash);
            total += use.bytes;
        }
        if (use.bytes == 0 || use.sessions.isEmpty()) { // it never came, or its pool has ended
            deleteUnused(hash);
        }
    }

    /// A pool has ended, or its host has: it needs nothing any more.
    synchronized void end(String session) {
        for (var hash : List.copyOf(uses.keySet())) {
            var use = uses.get(hash);
            if (use != null && use.sessions.remove(session) && use.sessions.isEmpty()) {
                deleteUnused(hash);
            }
        }
    }

    private void deleteUnused(String hash) {
        var use = uses.get(hash);
        if (use != null && use.frames == 0) {
            uses.remove(hash);
            total -= use.bytes;
            blobs.forget(hash);
        }
    }
}
