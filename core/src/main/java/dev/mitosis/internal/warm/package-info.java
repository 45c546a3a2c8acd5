/// Training a worker for the start cache.
///
/// Nothing calls this but the process that [dev.mitosis.internal.launch.StartCacheBuild] starts.
package dev.mitosis.internal.warm;
