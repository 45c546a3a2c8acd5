/// Process pools for Java.
package dev.mitosis;
