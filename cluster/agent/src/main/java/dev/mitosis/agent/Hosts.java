package dev.mitosis.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The hosts of this JVM: one for each pool that has work here, started when the first comes, ended
/// when the pool ends or has had none for a while.
final class Hosts {
    private static final int MOST_ENDED = 1_000;
    private static final int MOST_TRIES = 3; // with hosts that have ended before they got the work
    private static final long LOOK_SECONDS = 2;

    /// A pool's place here.
    private static final class Session {
        final ReentrantLock lock = new ReentrantLock(); // held while its host is started
        final AtomicInteger failures = new AtomicInteger(); // of starts; counted under lock

        // guarded by lock
        @Nullable Host host;
        @Nullable Spec spec;
        @Nullable Blobs blobs; // where its host finds its class path
        Host.@Nullable StartException failure; // the last
        final List<Host> leaving = new ArrayList<>(); // they finish what they have, and get no more
        boolean ended;
    }

    // guarded by this
    private final Map<String, Session> sessions = new HashMap<>();
    private final Map<String, Boolean> ended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_ENDED;
        }
    };
    private @Nullable Blobs blobs;
    private boolean watching;

    /// Has a frame's work run by the host of its pool.
    ///
    /// @return the bytes of a reply
    /// @throws IOException if that can never be
    /// @throws InterruptedException if it is cancelled: the host is told
    byte[] run(Frame frame) throws IOException, InterruptedException {
        Blobs all;
        try {
            all = blobs();
        } catch (IOException e) {
            return notKept(e);
        }
        all.needed().hold(frame);
        try {
            List<String> missing;
            try {
                for (var blob : frame.attached()) {
                    all.keep(blob);
                }
                missing = missing(frame, all);
            } catch (IOException e) {
                return notKept(e);
            }
            return missing.isEmpty() ? run(frame, all) : Reply.missing(missing).toBytes();
        } finally {
            all.needed().release(frame);
            if (hasEnded(frame.session())) { // it came late, and nobody ends that session again
                all.needed().end(frame.session());
            }
        }
    }

    private synchronized boolean hasEnded(String session) {
        return ended.containsKey(session);
    }

    private static byte[] notKept(IOException why) {
        return Reply.notBegun("what a pool needs cannot be kept on "
                + NodeFacts.here().machine() + ": " + why).toBytes();
    }

    private byte[] run(Frame frame, Blobs all) throws IOException, InterruptedException {
        var why = "";
        for (int i = 0; i < MOST_TRIES; i++) {
            Host host;
            List<String> places;
            try {
                host = host(frame, all);
                places = places(frame, all);
            } catch (Host.StartException e) {
                // The machine may be overloaded, and another may not.
                return Reply.notBegun(String.valueOf(e.getMessage())).toBytes();
            }
            HostLink.Running running;
            try {
                running = host.link().run(frame.work(), places);
            } catch (IOException e) {
                why = host.obituary(); // since it was found: there was no work for too long
                continue;
            }
            return await(running, host);
        }
        return Reply.notBegun(why).toBytes();
    }

    private static byte[] await(HostLink.Running running, Host host) throws InterruptedException {
        try {
            return running.answer().get();
        } catch (InterruptedException e) {
            host.link().cancel(running);
            throw e;
        } catch (ExecutionException | CancellationException e) {
            return Reply.lost(host.obituary()).toBytes();
        }
    }

    private synchronized Blobs blobs() throws IOException {
        var all = blobs;
        if (all == null || !all.isThere()) { // somebody tidies up temporary files
            all = Blobs.open(System::nanoTime);
            if (blobs != null) {
                blobs.close();
            }
            blobs = all;
        }
        return all;
    }

    private static List<String> missing(Frame frame, Blobs blobs) throws IOException {
        var spec = blobs.find(frame.spec());
        if (spec == null) {
            return List.of(frame.spec()); // what it needs is in there
        }
        var missing = new ArrayList<>(blobs.missing(spec));
        for (var hash : frame.needed()) {
            if (blobs.find(hash) == null) {
                missing.add(hash);
            }
        }
        return missing;
    }

    private static List<String> places(Frame frame, Blobs blobs) throws Host.StartException {
        var places = new ArrayList<String>();
        for (var hash : frame.needed()) {
            places.add(hash);
            places.add(blobs.get(hash).toString());
        }
        return places;
    }

    private Host host(Frame frame, Blobs all) throws IOException, InterruptedException {
        var session = session(frame.session());
        int failures = session.failures.get();
        session.lock.lockInterruptibly();
        try {
            if (session.ended) { // since it was found
                throw ended();
            }
            var host = session.host;
            if (host != null && host.isAlive() && session.blobs == all) {
                return host;
            }
            if (session.failure != null && session.failures.get() != failures) {
                throw session.failure; // of the start that this has waited for
            }
            return start(session, frame, all);
        } finally {
            session.lock.unlock();
        }
    }

    private static Host start(Session session, Frame frame, Blobs all)
            throws IOException, InterruptedException {
        try {
            var spec = all.spec(all.get(frame.spec()));
            var classPath = new ArrayList<Path>();
            for (var entry : spec.classPath()) {
                classPath.add(all.get(entry.hash()));
            }
            var before = session.host;
            if (before != null) { // it has ended, or cannot start workers: its files are gone
                session.leaving.add(before);
                session.host = null;
            }
            var host = Host.start(frame.session(), spec, classPath, all.folder());
            session.spec = spec;
            session.blobs = all;
            session.host = host;
            return host;
        } catch (Host.StartException e) {
            session.failure = e;
            session.failures.incrementAndGet();
            throw e;
        }
    }

    private synchronized Session session(String name) throws IOException {
        if (ended.containsKey(name)) {
            throw ended();
        }
        if (!watching) {
            watching = true;
            var thread = new Thread(this::watch, "mitosis-host-watch");
            thread.setDaemon(true);
            thread.start();
        }
        return sessions.computeIfAbsent(name, n -> new Session());
    }

    private static IOException ended() {
        return new IOException("this pool has ended");
    }

    /// Ends a pool's host, and takes no more of that pool.
    Reply end(String name) throws InterruptedException {
        Session session;
        Blobs all;
        synchronized (this) {
            ended.put(name, true);
            session = sessions.get(name);
            all = blobs;
        }
        if (session != null) {
            end(session);
            synchronized (this) {
                sessions.remove(name); // not before: an end that is interrupted may come again
            }
        }
        if (all != null) {
            all.needed().end(name);
        }
        return Reply.done(new byte[0]);
    }

    private static void end(Session session) throws InterruptedException {
        session.lock.lockInterruptibly(); // a start that is under way ends first
        try {
            session.ended = true;
            session.leaving.forEach(Host::end);
            if (session.host != null) {
                session.host.end();
            }
        } finally {
            session.lock.unlock();
        }
    }

    /// Ends hosts that have had nothing to do for too long.
    private void watch() {
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(LOOK_SECONDS);
                Map<String, Session> all;
                synchronized (this) {
                    all = Map.copyOf(sessions);
                }
                all.forEach(Hosts::endIfIdle);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the watch", e);
        }
    }

    private static void endIfIdle(String name, Session session) {
        if (!session.lock.tryLock()) {
            return; // being started
        }
        try {
            session.leaving.removeIf(host -> !host.isAlive() || host.endIfIdle(0));
            var host = session.host;
            var spec = session.spec;
            var all = session.blobs;
            if (host != null && spec != null && all != null
                    && host.endIfIdle(TimeUnit.SECONDS.toNanos(spec.idleSeconds()))) {
                session.host = null;
                all.needed().end(name);
            }
        } finally {
            session.lock.unlock();
        }
    }
}
