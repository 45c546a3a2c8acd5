/// Process pools for Java: see [dev.mitosis.Pool].
@org.jspecify.annotations.NullMarked
module dev.mitosis {
    requires java.management;
    requires static jdk.unsupported; // signals
    requires static org.jspecify;

    exports dev.mitosis;
    exports dev.mitosis.spi;
}
