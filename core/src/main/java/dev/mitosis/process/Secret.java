package dev.mitosis.process;

import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A key by which a [Listener] and a [Client] know each other; it is never printed, and never on
/// the wire.
///
/// It travels as part of a function to workers and to a [Child], whose links are private; it has no
/// business in a message to anybody else. Take one of [#random()] where you can: whoever pretends
/// to be a listener gets an answer by which a short or guessable key can be tried out.
///
/// **Ends.** [#close()] overwrites the key; a listener goes on with its own copy.
public final class Secret implements AutoCloseable, Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;

    /// The key, until this is closed.
    private final byte[] key;

    // guarded by the monitor of the key
    private boolean closed;

    private Secret(byte[] key) {
        this.key = key;
    }

    /// Returns a secret with a copy of these bytes.
    ///
    /// @param key at least one byte; 32 from a good source of randomness are as good as any more
    /// @return the secret
    public static Secret of(byte[] key) {
        if (key.length == 0) {
            throw new IllegalArgumentException("a secret has at least one byte");
        }
        return new Secret(key.clone());
    }

    /// {@return a secret of 32 random bytes}
    public static Secret random() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return new Secret(key);
    }

    /// {@return a secret with the same key, closed on its own}
    Secret copy() {
        synchronized (key) {
            ensureOpen();
            return new Secret(key.clone());
        }
    }

    /// Proves that the key is known here.
    ///
    /// @param role who proves it, so that no proof is good for the other side
    /// @param nonces of both sides, so that no proof is good twice
    byte[] proof(String role, byte[]... nonces) {
        synchronized (key) {
            ensureOpen();
            try {
                var mac = Mac.getInstance(ALGORITHM);
                mac.init(new SecretKeySpec(key, ALGORITHM));
                mac.update(role.getBytes(StandardCharsets.US_ASCII));
                for (byte[] nonce : nonces) {
                    mac.update(nonce);
                }
                return mac.doFinal();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has " + ALGORITHM, e);
            }
        }
    }

    private void ensureOpen() {
        if (closed) {
            throw new IllegalStateException("this secret is closed");
        }
    }

    /// Overwrites the key; whoever wants to use it after that gets an [IllegalStateException].
    @Override
    public void close() {
        synchronized (key) {
            closed = true;
            Arrays.fill(key, (byte) 0);
        }
    }

    @Override
    public String toString() {
        return "Secret[not shown]";
    }
}
