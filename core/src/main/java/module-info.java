/// Process pools for Java: see [dev.mitosis.Pool].
@org.jspecify.annotations.NullMarked
module dev.mitosis {
    requires java.management;
    requires jdk.unsupported; // signals, also in a worker of a program of modules
    requires static org.jspecify;

    exports dev.mitosis;
    exports dev.mitosis.process;
    exports dev.mitosis.share;
    exports dev.mitosis.spi;
}
