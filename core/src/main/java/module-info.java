/// Process pools for Java: see [dev.mitosis.Pool].
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // the cluster's module is built after this one
module dev.mitosis {
    requires java.management;
    requires jdk.unsupported; // signals, also in a worker of a program of modules
    requires static org.jspecify;

    exports dev.mitosis;
    exports dev.mitosis.process;
    exports dev.mitosis.share;
    exports dev.mitosis.spi;

    // what runs on other machines runs it there
    exports dev.mitosis.internal to dev.mitosis.cluster;
    exports dev.mitosis.internal.launch to dev.mitosis.cluster;
    exports dev.mitosis.internal.node to dev.mitosis.cluster;
}
