/// Process pools for Java: see [dev.mitosis.Pool].
@org.jspecify.annotations.NullMarked
module dev.mitosis {
    requires static transitive org.jspecify;

    exports dev.mitosis;
    exports dev.mitosis.spi;
}
