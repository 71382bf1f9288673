package dev.occ.verifier;

import static dev.occ.verifier.Outcomes.verified;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.proof.Bytes;
import dev.occ.verifier.timestamp.StampedMember;
import dev.occ.verifier.timestamp.TimestampRejection;
import dev.occ.verifier.timestamp.TimestampResult;
import dev.occ.verifier.timestamp.TimestampResult.Stamped;
import dev.occ.verifier.timestamp.TimestampVerifier;
import org.junit.jupiter.api.Test;

/** What verifying a proof says about its timestamps, with a real one. */
class TimestampedProofsTest {
  private static final String FREETSA_ROOT =
      "a6379e7cecc05faa3cbf076013d745e327bbbaa38c0b9af22469d4701d18aabc";

  private static ProofVerifier.Builder builder() {
    return ProofVerifier.builder(VerificationPolicy.integrityOnly());
  }

  private static TimestampVerifier stamps(String sha256) {
    try {
      return TimestampVerifier.builder().rootSha256(Bytes.fromHex(sha256)).build();
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void verify_noVerifierForTimestamps_reportedAsUnsigned() {
    ValidProof verified = verified(builder().build().verifyProofOnly(Vectors.proof(Vectors.NITRO)));

    assertThat(verified.timestamps()).isEmpty();
    assertThat(verified.unsignedMembers()).containsExactly("/timestamps");
  }

  @Test
  void verify_pinnedRoot_saysAuthorityAndTime() {
    ProofVerifier verifier = builder().timestampVerifier(stamps(FREETSA_ROOT)).build();

    ValidProof verified = verified(verifier.verifyProofOnly(Vectors.proof(Vectors.NITRO)));

    assertThat(verified.timestamps()).containsOnlyKeys(StampedMember.ARTIFACT);
    assertThat(verified.timestamps().get(StampedMember.ARTIFACT)).isInstanceOf(Stamped.class);
    assertThat(verified.unsignedMembers()).containsExactly("/timestamps/artifact/authority");
    assertThat(verified.checks()).noneMatch(check -> check.step() == Check.Step.TIMESTAMP);
  }

  @Test
  void verify_otherRoot_staysValidAndSaysWhyNothingIsShown() {
    ProofVerifier verifier = builder().timestampVerifier(stamps("00".repeat(32))).build();

    ValidProof verified = verified(verifier.verifyProofOnly(Vectors.proof(Vectors.NITRO)));

    assertThat(verified.timestamps().get(StampedMember.ARTIFACT))
        .isInstanceOfSatisfying(
            TimestampResult.Rejected.class,
            refused -> assertThat(refused.reason()).isEqualTo(TimestampRejection.ROOT_NOT_PINNED));
    assertThat(verified.unsignedMembers()).containsExactly("/timestamps");
  }

  /** The stamp that was made for the artifact says nothing about the proof. */
  @Test
  void verify_oneStampRefusedBesideAGenuineOne_namesWhatNobodySigned() {
    ProofVerifier verifier = builder().timestampVerifier(stamps(FREETSA_ROOT)).build();
    JsonObject proof = Forge.json(new String(Vectors.proof(Vectors.NITRO), UTF_8));
    JsonValue stamp = Forge.get(proof, "timestamps", "artifact");
    proof = Forge.set(proof, stamp, "timestamps", "proof");
    proof = Forge.set(proof, stamp, "timestamps", "other");

    ValidProof verified = verified(verifier.verifyProofOnly(proof.toBytes()));

    assertThat(verified.timestamps().get(StampedMember.ARTIFACT)).isInstanceOf(Stamped.class);
    assertThat(verified.timestamps().get(StampedMember.PROOF))
        .isInstanceOf(TimestampResult.Rejected.class);
    assertThat(verified.unsignedMembers())
        .containsExactlyInAnyOrder(
            "/timestamps/artifact/authority", "/timestamps/proof", "/timestamps/other");
  }

  @Test
  void verify_requiredAndGenuine_passes() {
    ProofVerifier verifier =
        builder()
            .timestampVerifier(stamps(FREETSA_ROOT))
            .requireTimestamp(StampedMember.ARTIFACT)
            .build();

    ValidProof verified = verified(verifier.verifyProofOnly(Vectors.proof(Vectors.NITRO)));

    Check last = verified.checks().get(verified.checks().size() - 1);
    assertThat(last.step()).isEqualTo(Check.Step.TIMESTAMP);
    assertThat(last.outcome()).isEqualTo(Check.Outcome.PASSED);
    assertThat(last.text()).contains("www.freetsa.org", "2026-03-21T17:30:53Z");
  }

  @Test
  void verify_otherOneRequired_rejected() {
    ProofVerifier verifier =
        builder()
            .timestampVerifier(stamps(FREETSA_ROOT))
            .requireTimestamp(StampedMember.PROOF)
            .build();

    Outcomes.rejected(
        verifier.verifyProofOnly(Vectors.proof(Vectors.NITRO)), Rejection.TIMESTAMP_MISSING);
  }

  @Test
  void build_requiredWithoutAVerifier_refused() {
    ProofVerifier.Builder builder = builder().requireTimestamp(StampedMember.PROOF);
    assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
  }
}
