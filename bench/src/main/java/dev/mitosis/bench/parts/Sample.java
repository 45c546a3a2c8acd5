package dev.mitosis.bench.parts;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/// Values of the kinds that the codec treats in different ways.
public enum Sample {
    /// A boxed `int`: a kind and four bytes.
    INTEGER,
    /// Twenty characters of one byte each.
    STRING,
    /// A record of a string, an int and three doubles, component by component.
    RECORD,
    /// A record of a string and a list of ten small records.
    ORDER,
    /// An array of 1,024 doubles, as it lies in memory.
    DOUBLES,
    /// An object that is left to Java's serialization.
    SERIALIZABLE;

    /// {@return a value of this kind}
    Object make() {
        return switch (this) {
            case INTEGER -> 123_456_789;
            case STRING -> "twenty characters ..";
            case RECORD -> new Row("row-12345", 12_345, 6_172.5, 3_086.25, 1);
            case ORDER -> new Order("order-12345", IntStream.range(0, 10)
                    .mapToObj(i -> new Line("article-" + i, i)).toList());
            case DOUBLES -> doubles();
            case SERIALIZABLE -> new Person("Ada", 36);
        };
    }

    private static double[] doubles() {
        double[] doubles = new double[1_024];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = i * .5;
        }
        return doubles;
    }

    private record Row(String name, int number, double half, double quarter, double one) {}

    private record Line(String article, int count) {}

    private record Order(String name, List<Line> lines) {}

    private static final class Person implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String name;
        private final int age;

        Person(String name, int age) {
            this.name = name;
            this.age = age;
        }

        @Override
        public String toString() {
            return name + ", " + age;
        }
    }
}
