package dev.mitosis.internal.hosting;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a method, or all of an interface, that waits for nobody: it may be what others wait for,
/// so it is called however many calls wait.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Prompt {}
