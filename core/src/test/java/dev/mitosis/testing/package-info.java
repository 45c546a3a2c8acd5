/// What tests of the library share: gates instead of sleeps, ledgers, leak checks.
package dev.mitosis.testing;
