package dev.occ.epoch;

import static dev.occ.epoch.EpochChecks.DIGEST;

import dev.occ.proof.Bytes;
import dev.occ.signer.soft.AgencyDraft;
import dev.occ.signer.soft.SettableClock;
import dev.occ.signer.soft.SoftAuthenticator;
import dev.occ.testing.Agencies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An epoch with clocks that stand still until they are moved, and a person who answers its
 * challenges.
 */
final class Authorizing implements AutoCloseable {
  static final Bytes SECOND = Bytes.sha256(new byte[] {2});
  static final Bytes THIRD = Bytes.sha256(new byte[] {3});
  static final List<Bytes> THREE = List.of(DIGEST, SECOND, THIRD);

  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  final FakeClock clock = new FakeClock();
  final SoftAuthenticator person = SoftAuthenticator.create();
  final ScriptedSigner signer = ScriptedSigner.honest();
  final Epoch epoch;
  final SettableClock wall = new SettableClock(NOW);

  Authorizing() throws EpochException {
    epoch =
        Epoch.open(
            signer,
            EpochOptions.builder()
                .nanoClock(clock)
                .clock(wall)
                .slotTtl(Duration.ofHours(1))
                .maxPendingSlots(5000)
                .build());
  }

  /** What the epoch's wall clock shows. */
  long millis() {
    return wall.millis();
  }

  /** Sets the wall clock to another time, as an administrator or a time server would. */
  void jump(Duration by) {
    wall.set(wall.instant().plus(by));
  }

  AgencyDraft direct(Bytes challenge) {
    return person.direct(DIGEST.toByteArray(), challenge.toByteArray(), millis());
  }

  AgencyDraft webAuthn(Bytes challenge) {
    return person.webAuthn(DIGEST.toByteArray(), challenge.toByteArray(), millis());
  }

  /** Authorized at another time than the epoch's clock shows. */
  AgencyDraft direct(Bytes challenge, Duration late) {
    return direct(challenge).timestamp(NOW.plus(late).toEpochMilli());
  }

  /** One place of a batch, all places signed alike. */
  CommitRequest place(Batch batch, int place) throws EpochException {
    return place(batch, place, epoch.allocateSlot());
  }

  CommitRequest place(Batch batch, int place, Slot slot) {
    return request(slot, batch.digests().get(place), batch.at(place));
  }

  static CommitRequest request(Slot slot, AgencyDraft draft) {
    return request(slot, DIGEST, draft);
  }

  static CommitRequest request(Slot slot, Bytes digest, AgencyDraft draft) {
    return CommitRequest.builder(slot.id(), digest).agency(Agencies.read(draft)).build();
  }

  /** A batch by this person, whose places share one signature. */
  Batch batch(List<Bytes> digests) throws EpochException {
    Bytes challenge = epoch.challenge();
    Bytes signature = sign(challenge, digests);
    return new Batch(this, challenge, digests, signature);
  }

  private Bytes sign(Bytes challenge, List<Bytes> digests) {
    byte[][] caught = new byte[1][];
    String unused =
        direct(challenge)
            .batch(0, arrays(digests))
            .signature(
                bytes -> {
                  caught[0] = bytes;
                  return bytes;
                })
            .build();
    return Bytes.of(caught[0]);
  }

  static List<byte[]> arrays(List<Bytes> digests) {
    return digests.stream().map(Bytes::toByteArray).toList();
  }

  /** A signed batch. */
  record Batch(Authorizing by, Bytes challenge, List<Bytes> digests, Bytes signature) {
    AgencyDraft at(int place) {
      return by.direct(challenge)
          .batch(place, arrays(digests))
          .signature(bytes -> signature.toByteArray());
    }

    /** The same signature, over which another list is put. */
    Batch claiming(List<Bytes> others) {
      return new Batch(by, challenge, others, signature);
    }
  }

  @Override
  public void close() {
    epoch.close();
  }
}
