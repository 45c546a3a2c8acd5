// Squares of 100,000 numbers, computed in ten processes. Prints:
//
// [0, 1, 4, 9, 16, 25, 36, 49] ... 9999800001
//
// @start region="hello"
import dev.mitosis.LongRange;
import dev.mitosis.Pool;

void main() {
    try (Pool pool = Pool.open(10)) { // ten worker processes
        var squares = pool.map(n -> n * n, LongRange.of(0, 100_000));
        IO.println(squares.subList(0, 8) + " ... " + squares.getLast());
    }
}
// @end
