package dev.occ.verifier.timestamp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonView;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.verifier.timestamp.TimestampResult.Rejected;
import dev.occ.verifier.timestamp.TimestampResult.Stamped;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tokens of the two real proofs that carry some; their authority's root is pinned by hash. */
class RealTokensTest {
  @ParameterizedTest
  @CsvSource({Vectors.PROOF_18 + ", 039EC0EC", Vectors.PROOF_POLICY + ", 039EC0EF"})
  void verify_realProof_artifactStampedByFreeTsa(String name, String serial) {
    Proof proof = Vectors.proof(name);

    var results = Vectors.verifier().verify(proof);

    assertThat(results).containsOnlyKeys(StampedMember.ARTIFACT);
    Stamped stamped = (Stamped) Objects.requireNonNull(results.get(StampedMember.ARTIFACT));
    assertThat(stamped.time()).isEqualTo(Instant.parse("2026-03-21T17:30:53Z"));
    assertThat(stamped.authority()).isEqualTo("www.freetsa.org");
    assertThat(stamped.serialNumber()).isEqualTo(new BigInteger(serial, 16));
    assertThat(stamped.policy()).isEqualTo("1.2.3.4.1");
    assertThat(stamped.accuracy()).isEmpty();
    assertThat(stamped.nonce()).isEmpty();
    assertThat(stamped.digest()).isEqualTo(proof.artifactDigest());
    assertThat(stamped.chain()).hasSize(2);
  }

  @Test
  void verify_otherRootPinned_refused() {
    Proof proof = Vectors.proof(Vectors.PROOF_18);
    assertThat(TestToken.verifier().verify(proof).get(StampedMember.ARTIFACT))
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> assertThat(refused.reason()).isEqualTo(TimestampRejection.ROOT_NOT_PINNED));
  }

  @Test
  void verify_tokenOfTheOtherProof_refused() throws JsonException {
    Proof proof = Vectors.proof(Vectors.PROOF_18);
    Bytes other = token(Vectors.proof(Vectors.PROOF_POLICY));
    assertThat(Vectors.verifier().verify(other, proof.artifactDigest()))
        .isInstanceOfSatisfying(
            Rejected.class,
            refused -> assertThat(refused.reason()).isEqualTo(TimestampRejection.IMPRINT_MISMATCH));
  }

  /** What the entries say, read and written, is what stands in the proof. */
  @Test
  void entry_realOne_survivesReadingAndWriting() throws JsonException {
    JsonView entry = entry(Vectors.proof(Vectors.PROOF_18));
    JsonObject written = TimestampEntry.read(entry).toJson();
    assertThat(written).isEqualTo(entry.object());
  }

  static Bytes token(Proof proof) throws JsonException {
    return TimestampEntry.read(entry(proof)).token();
  }

  private static JsonView entry(Proof proof) throws JsonException {
    return JsonView.of(proof.json()).view("timestamps").view("artifact");
  }
}
