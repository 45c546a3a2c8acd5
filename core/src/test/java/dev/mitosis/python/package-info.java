/// The test cases of Python's `multiprocessing.pool` and `concurrent.futures`, in this library's words.
///
/// Each test names the original. `docs/python.md` lists where the behaviour differs on purpose.
package dev.mitosis.python;
