/// Which call's items go to which worker, and how many at a time.
///
/// Read [dev.mitosis.internal.schedule.Dispatcher] first.
package dev.mitosis.internal.schedule;
