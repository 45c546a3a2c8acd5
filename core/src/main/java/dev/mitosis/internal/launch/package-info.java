/// Starting a JVM like this one: class path, flags, environment, folders.
///
/// Read [dev.mitosis.internal.launch.JvmLauncher] first. [dev.mitosis.internal.launch.ThisJvm] is
/// what is known, [dev.mitosis.internal.launch.Places] and
/// [dev.mitosis.internal.launch.CopiedFlags] are what is decided,
/// [dev.mitosis.internal.launch.ArgumentFile] is how it is told.
///
/// It runs before the first worker exists, in a JVM that is often cold itself. So there are loops
/// where streams would be shorter, and no secure random numbers.
package dev.mitosis.internal.launch;
