package dev.mitosis.bench.torture;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Sees when a thread has not moved for long, and prints the stacks of all.
final class Watchdog {
    private final List<Progress> watched;
    private final long limit;
    private final Findings findings;
    private final CountDownLatch end = new CountDownLatch(1);

    // written by the watchdog's thread, read by any
    private volatile boolean hung;

    Watchdog(List<Progress> watched, long seconds, Findings findings) {
        this.watched = watched;
        this.limit = TimeUnit.SECONDS.toNanos(seconds);
        this.findings = findings;
    }

    void start() {
        Thread.ofPlatform().daemon().name("watchdog").start(this::run);
    }

    void stop() {
        end.countDown();
    }

    /// {@return whether something hangs}
    boolean hasBarked() {
        return hung;
    }

    private void run() {
        try {
            while (!hung && !end.await(1, TimeUnit.SECONDS)) {
                look();
            }
        } catch (InterruptedException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void look() throws IOException {
        for (var progress : watched) {
            if (progress.isHung(limit)) {
                hung = true;
                findings.add("HANG: " + progress);
            }
        }
        if (hung) {
            System.err.println(stacks());
        }
    }

    /// Of virtual threads, too.
    private static String stacks() throws IOException {
        var file = Files.createTempDirectory("torture").resolve("stacks");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
        return Files.readString(file);
    }
}
