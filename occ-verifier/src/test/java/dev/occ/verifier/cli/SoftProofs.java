package dev.occ.verifier.cli;

import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SeededSoftSigner;
import dev.occ.signer.soft.SoftAttestationAuthority;
import dev.occ.signer.soft.SoftSigner;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Proofs of a software signer, with and without an attestation. */
final class SoftProofs {
  static final byte[] ARTIFACT = "an artifact".getBytes(StandardCharsets.UTF_8);
  static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");

  private SoftProofs() {}

  static Proof proof() {
    return proofs(1).get(0);
  }

  /** Proofs of one chain, in order. */
  static List<Proof> proofs(int count) {
    try (Epoch epoch = Epoch.open(SeededSoftSigner.open(7))) {
      List<Proof> proofs = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        proofs.add(epoch.commit(CommitRequest.of(epoch.allocateSlot().id(), digest())));
      }
      return proofs;
    } catch (EpochException e) {
      throw new AssertionError(e);
    }
  }

  static Proof attributedTo(String name) {
    try (Epoch epoch = Epoch.open(SeededSoftSigner.open(8))) {
      return epoch.commit(
          CommitRequest.builder(epoch.allocateSlot().id(), digest())
              .attribution(Attribution.of(name))
              .build());
    } catch (EpochException e) {
      throw new AssertionError(e);
    }
  }

  static SoftAttestationAuthority authority() {
    return SoftAttestationAuthority.create(Clock.fixed(TIME, ZoneOffset.UTC));
  }

  static Proof attested(SoftAttestationAuthority authority) {
    SoftSigner signer =
        SeededSoftSigner.open(
            9,
            SoftSigner.builder()
                .measurement(SoftAttestationAuthority.measurementOf("test"))
                .attestedBy(authority));
    try (Epoch epoch = Epoch.open(signer)) {
      return epoch.commit(CommitRequest.of(epoch.allocateSlot().id(), digest()));
    } catch (EpochException e) {
      throw new AssertionError(e);
    }
  }

  static Bytes digest() {
    return Bytes.sha256(ARTIFACT);
  }
}
