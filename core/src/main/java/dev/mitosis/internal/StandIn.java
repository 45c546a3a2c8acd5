package dev.mitosis.internal;

/// A record that travels in place of an object, which is made anew from it on the other side.
///
/// As `writeReplace` and `readResolve` do it for Java serialization, but at the cost of a record.
public interface StandIn {
    /// {@return the object that it stands for}
    Object original();

    /// An object that does not travel itself.
    interface Source {
        /// {@return a record that is a [StandIn] of this object}
        Record standIn();
    }
}
