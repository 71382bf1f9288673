package dev.occ.verifier.cli;

import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.epoch.EpochOptions;
import dev.occ.json.JsonException;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.proof.Agency;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.AgencyDraft;
import dev.occ.signer.soft.SeededSoftSigner;
import dev.occ.signer.soft.SoftAttestationAuthority;
import dev.occ.signer.soft.SoftAuthenticator;
import dev.occ.signer.soft.SoftSigner;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Proofs of a software signer, with and without an attestation. */
public final class SoftProofs {
  public static final byte[] ARTIFACT = "an artifact".getBytes(StandardCharsets.UTF_8);
  public static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");

  /** The seed of the signer of {@link #proofs}. */
  static final int SEED = 7;

  private SoftProofs() {}

  public static Proof proof() {
    return proofs(1).get(0);
  }

  /** Proofs of one chain, in order. */
  public static List<Proof> proofs(int count) {
    try (Epoch epoch = Epoch.open(SeededSoftSigner.open(SEED))) {
      List<Proof> proofs = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        proofs.add(epoch.commit(CommitRequest.of(epoch.allocateSlot().id(), digest())));
      }
      return proofs;
    } catch (EpochException e) {
      throw new AssertionError(e);
    }
  }

  public static Proof attributedTo(String name) {
    try (Epoch epoch = Epoch.open(SeededSoftSigner.open(8))) {
      return epoch.commit(
          CommitRequest.builder(epoch.allocateSlot().id(), digest())
              .attribution(Attribution.of(name))
              .build());
    } catch (EpochException e) {
      throw new AssertionError(e);
    }
  }

  /** What a person authorized by WebAuthn, as the second and last of a batch. */
  public static Proof authorised() {
    EpochOptions options = EpochOptions.builder().clock(Clock.fixed(TIME, ZoneOffset.UTC)).build();
    try (Epoch epoch = Epoch.open(SeededSoftSigner.open(9), options)) {
      byte[] challenge = epoch.challenge().toByteArray();
      byte[] digest = digest().toByteArray();
      AgencyDraft draft =
          SoftAuthenticator.create()
              .webAuthn(digest, challenge, TIME.toEpochMilli())
              .batch(0, List.of(digest, digest));
      JsonObject first =
          (JsonObject) JsonValue.read(draft.build().getBytes(StandardCharsets.UTF_8));
      JsonObject batch = (JsonObject) first.get("batchContext").orElseThrow();
      JsonObject second = first.with("batchContext", batch.with("batchIndex", JsonNumber.of(1)));
      Objects.requireNonNull(commit(epoch, first));
      return commit(epoch, second);
    } catch (EpochException | JsonException e) {
      throw new AssertionError(e);
    }
  }

  private static Proof commit(Epoch epoch, JsonObject agency) throws EpochException, JsonException {
    return epoch.commit(
        CommitRequest.builder(epoch.allocateSlot().id(), digest())
            .agency(Agency.read(agency))
            .build());
  }

  public static SoftAttestationAuthority authority() {
    return SoftAttestationAuthority.create(Clock.fixed(TIME, ZoneOffset.UTC));
  }

  public static Proof attested(SoftAttestationAuthority authority) {
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

  public static Bytes digest() {
    return Bytes.sha256(ARTIFACT);
  }
}
