package dev.mitosis.bench.floor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The other process of the floor answers, and is gone when it is closed.
@Tag("process")
class PartnerProcessTest {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int UNDER_WAY = 8_192; // where both sides share a core, each wait takes a time slice

    private static void assertSquareComesBack(Partner partner, long number) {
        while (!partner.back().isReady()) {
            Thread.onSpinWait();
        }
        assertEquals(number * number, partner.back().take());
    }

    @Test
    void numbers_come_back_squared_through_rings_that_have_gone_round() {
        assertTimeoutPreemptively(LONGEST, () -> {
            try (var partner = Partner.start("ring")) {
                for (long number = 0; number < 50_000 + UNDER_WAY; number++) {
                    if (number < 50_000) {
                        partner.there().offer(number);
                    }
                    if (number >= UNDER_WAY) {
                        assertSquareComesBack(partner, number - UNDER_WAY);
                    }
                }
            }
        });
    }

    @Test
    void a_full_ring_takes_no_more_until_something_is_taken() {
        assertTimeoutPreemptively(LONGEST, () -> {
            try (var partner = Partner.start("ring")) {
                long offered = 0;
                while (partner.there().offer(offered)) { // until both rings are full
                    offered++;
                }
                for (long number = 0; number < offered; number++) {
                    assertSquareComesBack(partner, number);
                }
            }
        });
    }

    @Test
    void bytes_come_back_through_the_socket_and_a_closed_partner_is_gone() {
        assertTimeoutPreemptively(LONGEST, () -> {
            var message = ByteBuffer.allocateDirect(Partner.MESSAGE).putLong(0, 42);
            var partner = Partner.start("socket");
            try (partner) {
                partner.echo(message);
                assertEquals(42, message.getLong(0));
            }
            assertFalse(partner.isAlive(), "it lives on");
        });
    }
}
