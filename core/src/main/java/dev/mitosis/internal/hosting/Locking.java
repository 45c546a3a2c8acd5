package dev.mitosis.internal.hosting;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a method that waits for a lock: whoever wants it may be the one who would end other waits,
/// so it is called however many of those there are.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Locking {}
