/// The other process: its main, its loop, its class loader, its guard against being orphaned.
///
/// Read [dev.mitosis.internal.worker.ItemRunner] first: it alone calls user code, and it serves
/// the back-ends within this JVM too.
package dev.mitosis.internal.worker;
