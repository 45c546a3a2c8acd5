package dev.mitosis.cli;

import dev.mitosis.ItemException;
import dev.mitosis.Pool;
import dev.mitosis.RemoteFunction;
import dev.mitosis.Results;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;

/// One run of `map`: compiles while the workers start, then prints results as they come.
final class Mapping {
    private final Expression expression;
    private final Input input;
    private final PoolOptions options;
    private final Failures failures;
    private final LineWriter out = new LineWriter(new FileOutputStream(FileDescriptor.out));

    Mapping(Expression expression, Input input, PoolOptions options, Failures failures) {
        this.expression = expression;
        this.input = input;
        this.options = options;
        this.failures = failures;
    }

    /// Maps all items.
    ///
    /// @return the exit status
    /// @throws Complaint if the expression does not compile, or an option is refused
    int run(boolean unordered) {
        try (var pool = new OpeningPool(options::open)) {
            var function = expression.compile();
            print(pool.await(), function, unordered);
            pool.finish();
        } catch (CompileException e) {
            throw new Complaint("the expression does not compile:\n" + e.getMessage());
        } catch (ClosedPipeException e) {
            // The reader has had enough, which is its right: nothing went wrong.
        } catch (UncheckedIOException e) {
            throw new Complaint("cannot read " + input.name() + ": " + e.getMessage());
        }
        return failures.count() == 0 ? 0 : 1;
    }

    private void print(Pool pool, RemoteFunction<Object, String> function, boolean unordered)
            throws ClosedPipeException {
        try (var results = unordered
                ? view(pool).imapUnordered(function, input.items())
                : view(pool).imap(function, input.items())) {
            while (printNext(results)) {
                // until there are no more
            }
            out.flush();
        } catch (IOException e) {
            throw ClosedPipeException.of(e);
        }
    }

    private Pool view(Pool pool) {
        try {
            return pool.with(options::call);
        } catch (IllegalArgumentException e) {
            throw new Complaint(e.getMessage());
        }
    }

    /// Prints one result. What is buffered goes out before waiting for a result that is not there
    /// yet, and only then: a reader sees all there is, and a fast stream needs few system calls.
    ///
    /// @return whether there was one
    private boolean printNext(Results<String> results) throws IOException {
        try {
            out.write(results.next(Duration.ZERO));
            return true;
        } catch (TimeoutException e) {
            out.flush();
            return results.hasNext();
        } catch (NoSuchElementException e) {
            return false;
        } catch (ItemException e) {
            failures.report(e);
            return true;
        }
    }
}
