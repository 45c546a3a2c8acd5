package dev.mitosis.bench.parts;

import dev.mitosis.internal.codec.ByteSink;
import dev.mitosis.internal.codec.ValueReader;
import dev.mitosis.internal.codec.ValueWriter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What a value costs to write and to read, in a stream that has had others like it before.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
    /// Which value.
    @Param
    public Sample value = Sample.INTEGER;

    private final ByteSink sink = new ByteSink(64 << 10);
    private final ValueWriter writer = new ValueWriter(sink);
    private Object object = "";

    @SuppressWarnings("NullAway.Init") // JMH sets it up
    private ValueReader reader;

    /// Starts without a value.
    public CodecBenchmark() {}

    /// Makes the value.
    @Setup
    public void make() {
        object = value.make();
        var loader = CodecBenchmark.class.getClassLoader();
        reader = new ValueReader(new EndlessSource(object), loader, null);
    }

    /// Writes the value where the one before was.
    ///
    /// @return how many bytes it has
    @Benchmark
    public long write() {
        sink.clear();
        writer.write(object);
        return sink.size();
    }

    /// Reads the value.
    ///
    /// @return the value
    /// @throws IOException if the stream is corrupt
    @Benchmark
    public @Nullable Object read() throws IOException {
        return reader.read();
    }
}
