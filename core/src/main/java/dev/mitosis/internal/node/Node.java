package dev.mitosis.internal.node;

import dev.mitosis.internal.schedule.Dispatcher;
import dev.mitosis.internal.supervise.ProcessCrew;
import dev.mitosis.spi.Bytes;
import dev.mitosis.spi.Job;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// The worker processes of one pool on one machine that is not its own: runs [Work], returns
/// [Answer]s.
///
/// Time-outs, kills, deaths, replacements and budgets are those of a local pool, by the same code.
/// What follows from them (retries, verdicts, halts) is decided by the driver. Safe for use by many
/// threads.
public final class Node implements AutoCloseable {
    private static final int MOST_FUNCTIONS = 256;
    private static final int MOST_LOADERS = 64;

    private final Dispatcher dispatcher;
    private final ForeignLease.Place place;
    private final AtomicLong toldStarts = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong functionNumbers = new AtomicLong();

    // guarded by itself: what workers know already, by hash
    private final SequencedMap<String, Job.Function> functions =
            new LinkedHashMap<>(16, 0.75f, true);

    // guarded by itself: loaders that are only asked for bytes, by the hashes of their jars
    private final SequencedMap<List<String>, URLClassLoader> loaders =
            new LinkedHashMap<>(16, 0.75f, true);

    private Node(Dispatcher dispatcher, boolean budgeted) {
        this.dispatcher = dispatcher;
        place = new ForeignLease.Place(dispatcher, budgeted, this::newStarts);
    }

    /// Begins to start the workers of a pool; they find classes where this JVM does.
    ///
    /// @param config the bytes of a [NodeConfig]
    /// @return the node
    public static Node open(byte[] config) {
        var pool = NodeConfig.read(config);
        var dispatcher = new Dispatcher(pool, listener -> new ProcessCrew(pool, listener));
        dispatcher.crew().start();
        return new Node(dispatcher, pool.maxTasksPerWorker() < Long.MAX_VALUE);
    }

    /// Has work run.
    ///
    /// @param bytes the work
    /// @param files where what travelled under a hash is
    /// @param whenOver is given the bytes of the answer once, on a thread that must not be held up
    /// @return ends the work when it is run; then there is no answer
    /// @throws IOException if it is no work, or a file cannot be read
    public Runnable run(byte[] bytes, UnaryOperator<String> files, Consumer<Bytes> whenOver)
            throws IOException {
        var work = Work.of(bytes);
        var loader = loader(work.code(), files);
        var switches = work.switches();
        var job = new Job(calls.incrementAndGet(), work.name(), work.verb(),
                function(work, files), switches.haltAfter(), loader, switches.printsWanted(),
                switches.listened());
        var lease = new ForeignLease(place, work, job,
                answer -> whenOver.accept(answer.toBytes()));
        lease.begin();
        return lease::cancel;
    }

    /// {@return how many workers were started since this was asked last}
    private long newStarts() {
        long starts = dispatcher.crew().traffic().starts();
        return starts - toldStarts.getAndSet(starts);
    }

    private Job.Function function(Work work, UnaryOperator<String> files) throws IOException {
        synchronized (functions) {
            var known = functions.get(work.function());
            if (known == null) {
                var travelled = work.functionBytes();
                byte[] code = travelled != null ? travelled
                        : Files.readAllBytes(Path.of(files.apply(work.function())));
                known = new Job.Function(functionNumbers.incrementAndGet(), Bytes.of(code), true);
                functions.put(work.function(), known);
                forgetEldest();
            }
            return known;
        }
    }

    /// Has workers forget the function that was not used for longest; one that still runs is sent
    /// again with the next work.
    private void forgetEldest() {
        if (functions.size() > MOST_FUNCTIONS) {
            var eldest = functions.pollFirstEntry().getValue();
            var forgotten = new Job.Function(eldest.id(), Bytes.EMPTY, false);
            dispatcher.crew().forget(
                    new Job(0, "", Job.Verb.MAP, forgotten, 0, null, false, false));
        }
    }

    private ClassLoader loader(List<String> code, UnaryOperator<String> files)
            throws IOException {
        if (code.isEmpty()) {
            return ClassLoader.getSystemClassLoader();
        }
        synchronized (loaders) {
            var known = loaders.get(code);
            if (known == null) {
                var urls = new URL[code.size()];
                for (int i = 0; i < urls.length; i++) {
                    urls[i] = url(files.apply(code.get(i)));
                }
                known = new URLClassLoader(urls, ClassLoader.getSystemClassLoader());
                loaders.put(code, known);
                if (loaders.size() > MOST_LOADERS) {
                    loaders.pollFirstEntry(); // closes itself when nothing uses it any more
                }
            }
            return known;
        }
    }

    private static URL url(String file) throws MalformedURLException {
        return Path.of(file).toUri().toURL();
    }

    /// Ends all workers at once.
    @Override
    public void close() {
        dispatcher.crew().close(Duration.ZERO);
        dispatcher.watch().close();
        synchronized (loaders) {
            loaders.clear();
        }
    }
}
