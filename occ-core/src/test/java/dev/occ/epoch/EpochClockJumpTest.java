package dev.occ.epoch;

import static dev.occ.epoch.EpochChecks.DIGEST;
import static dev.occ.epoch.EpochChecks.assertRefused;
import static dev.occ.epoch.EpochChecks.assertSoundChain;

import dev.occ.epoch.EpochException.Reason;
import dev.occ.proof.Bytes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is pending lives as long as the monotonic clock says, wherever the wall clock jumps to. */
final class EpochClockJumpTest {
  private static final Duration CHALLENGE_LIFE = Duration.ofMinutes(1);
  private static final Duration SLOT_LIFE = Duration.ofHours(1);

  private Authorizing by;

  @BeforeEach
  void open() throws EpochException {
    by = new Authorizing();
  }

  @AfterEach
  void close() {
    by.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {400, -400})
  void jump_ofTheWallClock_expiresNothing(long days) throws Exception {
    Slot slot = by.epoch.allocateSlot();
    Slot other = by.epoch.allocateSlot();
    Bytes challenge = by.epoch.challenge();

    by.jump(Duration.ofDays(days));

    assertSoundChain(
        by.epoch,
        List.of(
            by.epoch.commit(Authorizing.request(slot, by.direct(challenge))),
            EpochChecks.commit(by.epoch, other)));
  }

  @ParameterizedTest
  @ValueSource(longs = {400, -400})
  void jump_ofTheWallClock_prolongsNoSlot(long days) throws Exception {
    Slot slot = by.epoch.allocateSlot();
    by.clock.advance(SLOT_LIFE);

    by.jump(Duration.ofDays(days));

    assertRefused(() -> EpochChecks.commit(by.epoch, slot), Reason.SLOT_EXPIRED);
  }

  @ParameterizedTest
  @ValueSource(longs = {400, -400})
  void jump_ofTheWallClock_prolongsNoChallenge(long days) throws Exception {
    Slot slot = by.epoch.allocateSlot();
    Bytes challenge = by.epoch.challenge();
    by.clock.advance(CHALLENGE_LIFE);

    by.jump(Duration.ofDays(days));

    assertRefused(
        () -> by.epoch.commit(Authorizing.request(slot, by.direct(challenge))),
        Reason.CHALLENGE_EXPIRED);
    assertSoundChain(by.epoch, List.of(EpochChecks.commit(by.epoch, slot)));
  }

  /** An authorization says when it was given: after a jump its time is wrong, and it says so. */
  @Test
  void jump_betweenAuthorisationAndCommit_refusesItAndKeepsSlotAndChallenge() throws Exception {
    Slot slot = by.epoch.allocateSlot();
    Bytes challenge = by.epoch.challenge();
    CommitRequest signedBefore = Authorizing.request(slot, DIGEST, by.direct(challenge));

    by.jump(Duration.ofDays(1));
    assertRefused(() -> by.epoch.commit(signedBefore), Reason.AGENCY_TIMESTAMP);
    by.jump(Duration.ofDays(-1));

    assertSoundChain(by.epoch, List.of(by.epoch.commit(signedBefore)));
  }
}
