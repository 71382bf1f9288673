package dev.occ.verifier.timestamp;

import static dev.occ.verifier.timestamp.TimestampRejection.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftSigner;
import dev.occ.verifier.timestamp.TimestampResult.Rejected;
import dev.occ.verifier.timestamp.TimestampResult.Stamped;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Timestamps as entries of a proof. */
class TimestampEntriesTest {
  @Test
  void verify_goodEntries_bothStamped() throws Exception {
    var results = TestToken.verifier().verify(stampedProof(Map.of()));
    assertThat(results).containsOnlyKeys(StampedMember.values());
    assertThat(results.values()).allMatch(Stamped.class::isInstance);
  }

  @Test
  void shows_eachMember_saysSomethingElse() {
    assertThat(StampedMember.values())
        .extracting(StampedMember::shows)
        .doesNotHaveDuplicates()
        .noneMatch(String::isBlank);
  }

  @Test
  void verify_noTimestamps_nothing() throws Exception {
    assertThat(TestToken.verifier().verify(proof())).isEmpty();
  }

  @Test
  void verify_timestampsNotAnObject_everyMemberMalformed() throws Exception {
    Proof broken = Proof.of(proof().json().with("timestamps", JsonNumber.of(1)));
    assertThat(TestToken.verifier().verify(broken).values())
        .hasSize(2)
        .allMatch(result -> ((Rejected) result).reason() == ENTRY_MALFORMED);
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.CsvSource({
    "authority, 1",
    "authority, \"\"",
    "time, \"yesterday\"",
    "tokenB64, \"A\"",
    "tokenB64, \"\"",
    "digestAlg, \"sha1\"",
    "digestB64, \"AAAA\"",
    "digestB64, null"
  })
  void verify_entryMalformed_refused(String member, String value) throws Exception {
    JsonValue json = JsonValue.read(value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(reason(Map.of(member, json))).isEqualTo(ENTRY_MALFORMED);
  }

  @Test
  void verify_entryAboutAnotherDigest_refused() throws Exception {
    JsonValue other = new dev.occ.json.JsonString(Bytes.sha256(new byte[] {9}).toBase64());
    assertThat(reason(Map.of("digestB64", other))).isEqualTo(ENTRY_DIGEST_MISMATCH);
  }

  @Test
  void verify_entryWithAnotherTime_refused() throws Exception {
    JsonValue other = new dev.occ.json.JsonString("2020-01-01T00:00:00Z");
    assertThat(reason(Map.of("time", other))).isEqualTo(ENTRY_TIME_MISMATCH);
  }

  /** A stamp on the proof covers the signature: another proof of the same artifact is refused. */
  @Test
  void verify_stampOfAnotherProof_onlyTheArtifactsHolds() throws Exception {
    Proof stamped = stampedProof(Map.of());
    Proof other = proof();
    Proof mixed =
        Proof.of(other.json().with("timestamps", stamped.json().get("timestamps").orElseThrow()));
    var results = TestToken.verifier().verify(mixed);
    assertThat(results.get(StampedMember.ARTIFACT)).isInstanceOf(Stamped.class);
    assertThat(results.get(StampedMember.PROOF)).isInstanceOf(Rejected.class);
  }

  private static TimestampRejection reason(Map<String, JsonValue> changes) throws Exception {
    TimestampResult result =
        TestToken.verifier().verify(stampedProof(changes)).get(StampedMember.PROOF);
    return ((Rejected) Objects.requireNonNull(result)).reason();
  }

  private static Proof proof() throws Exception {
    try (Epoch epoch = Epoch.open(SoftSigner.open())) {
      return epoch.commit(
          CommitRequest.builder(epoch.allocateSlot().id(), TestToken.DIGEST).build());
    }
  }

  private static Proof stampedProof(Map<String, JsonValue> changes) throws Exception {
    Proof proof = proof();
    JsonObject.Builder timestamps = JsonObject.builder();
    for (StampedMember member : StampedMember.values()) {
      TestToken token = new TestToken();
      token.imprint = member.digest(proof).toByteArray();
      JsonObject entry =
          new TimestampEntry("test", TestToken.TIME, token.build(), member.digest(proof)).toJson();
      for (Map.Entry<String, JsonValue> change : changes.entrySet()) {
        entry = entry.with(change.getKey(), change.getValue());
      }
      timestamps.put(member.code(), entry);
    }
    return Proof.of(proof.json().with("timestamps", timestamps.build()));
  }
}
