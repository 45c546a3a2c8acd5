/// What is raced of this package of the library, which shows its own package more than others.
@org.jspecify.annotations.NullMarked
package dev.mitosis.internal.link;
