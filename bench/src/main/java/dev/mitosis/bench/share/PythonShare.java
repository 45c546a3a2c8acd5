package dev.mitosis.bench.share;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The same in Python, with less: the array as an argument of `Pool.map`, and as `shared_memory`.
final class PythonShare {
    private PythonShare() {}

    /// {@return figures for an array of the full size, extrapolated}
    ///
    /// @param mib how large Python's array is
    /// @param full how large the other one is
    /// @param workers how many workers there are
    static Map<String, Object> figures(long mib, int full, int workers)
            throws IOException, InterruptedException {
        var process = new ProcessBuilder("python3",
                System.getProperty("mitosis.bench.peers") + "/python_share.py",
                Long.toString(mib), Integer.toString(workers))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("python3 ended with status " + process.exitValue());
        }
        var figures = new LinkedHashMap<String, Object>();
        for (var line : text.lines().toList()) {
            int space = line.lastIndexOf(' ');
            var what = line.substring(0, space);
            double value = Double.parseDouble(line.substring(space + 1)) * full / mib;
            figures.put(what, value);
            System.out.printf(Locale.ROOT, "%-40s %9.2f (%d MiB measured)%n",
                    "Python, " + what, value, mib);
        }
        return figures;
    }
}
