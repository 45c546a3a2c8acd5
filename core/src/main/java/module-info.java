/// Process pools for Java.
@org.jspecify.annotations.NullMarked
module dev.mitosis {
    requires static org.jspecify;
}
