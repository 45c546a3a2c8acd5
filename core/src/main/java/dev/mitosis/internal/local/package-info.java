/// Workers within this JVM: threads, or the caller's own thread.
package dev.mitosis.internal.local;
