package dev.mitosis.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Says of a test that it may run beside other tests of its class: it shares nothing with them.
///
/// For tests that mostly wait, for graces, time-outs and ends of processes. Never on a class, which would run beside
/// other classes then, and [LeakCheck] would take theirs for its own.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Execution(ExecutionMode.CONCURRENT)
public @interface SideBySide {}
