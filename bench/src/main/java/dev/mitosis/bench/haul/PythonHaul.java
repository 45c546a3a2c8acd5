package dev.mitosis.bench.haul;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The same through `multiprocessing.Pool.imap`, over fewer numbers.
final class PythonHaul {
    private PythonHaul() {}

    /// {@return how many numbers a second it squares and adds up}
    static double rate(long items, int workers, int chunk)
            throws IOException, InterruptedException {
        var process = new ProcessBuilder("python3",
                System.getProperty("mitosis.bench.peers") + "/python_haul.py",
                Long.toString(items), Integer.toString(workers), Integer.toString(chunk))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("python3 ended with status " + process.exitValue());
        }
        int space = text.indexOf(' ');
        var sum = text.substring(space + 1).strip();
        if (Long.parseLong(sum) != HaulMain.sumOfSquares(items)) {
            throw new IllegalStateException("Python's sum is wrong: " + sum);
        }
        return Double.parseDouble(text.substring(0, space));
    }
}
