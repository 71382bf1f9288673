package dev.occ.proof;

import static dev.occ.testing.Json.object;
import static dev.occ.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.json.CanonicalJson;
import dev.occ.json.JsonException;
import dev.occ.json.JsonLimits;
import dev.occ.json.JsonNumber;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.signer.EnforcementTier;
import dev.occ.testing.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProofTest {
  private static String signed(JsonObject proof) throws JsonException {
    return new String(Proof.of(proof).signedBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void parts_ofAFullProof_areAllTyped() throws Exception {
    Proof proof = Proof.of(TestProofs.full());
    Bytes zeros = Bytes.of(new byte[32]);
    assertThat(proof.artifactDigest()).isEqualTo(zeros);
    assertThat(proof.publicKey()).isEqualTo(zeros);
    assertThat(proof.signature()).isEqualTo(Bytes.of(new byte[64]));
    assertThat(proof.declaredHash()).contains(zeros);
    assertThat(proof.metadata()).contains(object("{\"any\":\"thing\"}"));
    assertThat(proof.policy().orElseThrow().name()).contains("n");
    assertThat(proof.principal().orElseThrow().provider()).contains("p");
    assertThat(proof.attribution().orElseThrow().message()).contains("m");
    Environment environment = proof.environment();
    assertThat(environment.enforcement()).isEqualTo(EnforcementTier.MEASURED_TEE);
    assertThat(environment.measurement()).isEqualTo("m");
    assertThat(environment.attestation())
        .contains(new Environment.Attestation("aws-nitro", Bytes.of(new byte[1])));
  }

  @Test
  void commitAndSlot_ofAFullProof_areAllTyped() throws Exception {
    Proof proof = Proof.of(TestProofs.full());
    Bytes zeros = Bytes.of(new byte[32]);
    Commit commit = proof.commit();
    assertThat(commit.counter()).contains(Counter.of(2));
    assertThat(commit.slotCounter()).contains(Counter.of(1));
    assertThat(commit.slotHash()).contains(zeros);
    assertThat(commit.epochId()).contains("e");
    assertThat(commit.prev()).contains(zeros);
    assertThat(commit.chain()).isEqualTo("c");
    assertThat(commit.time()).contains(Instant.ofEpochMilli(1774114252845L));
    assertThat(commit.epochLink())
        .contains(new EpochLink("p", zeros, Counter.of(9), zeros, "e", zeros));
    SlotAllocation slot = proof.slotAllocation().orElseThrow();
    assertThat(slot.counter()).isEqualTo(Counter.of(1));
    assertThat(slot.chainId()).contains("c");
    assertThat(slot.time()).contains(Instant.ofEpochMilli(1774114252840L));
    assertThat(proof).hasToString("Proof[c 2]");
  }

  @Test
  void agency_ofAFullProof_isTyped() throws Exception {
    Agency direct = Proof.of(TestProofs.full()).agency().orElseThrow();
    assertThat(direct.actor().keyId()).isEqualTo("00".repeat(32));
    assertThat(direct.authorization().webAuthn()).isEmpty();
    assertThat(direct.authorization().timestamp()).isEqualTo(Instant.ofEpochMilli(1774114252845L));
    assertThat(direct.authorization().protocolVersion()).contains("1");
    Agency.BatchContext batch = direct.batch().orElseThrow();
    assertThat(batch.size()).isEqualTo(1);
    assertThat(batch.index()).isZero();
    assertThat(batch.digests()).containsExactly(Bytes.of(new byte[32]));
    assertThat(Proof.of(TestProofs.webAuthn()).agency().orElseThrow().authorization().webAuthn())
        .contains(new Agency.WebAuthn(Bytes.of(new byte[1]), "{}"));
  }

  @Test
  void parts_ofAMinimalProof_areAbsent() throws Exception {
    Proof proof = Proof.of(TestProofs.minimal());
    assertThat(proof.slotAllocation()).isEmpty();
    assertThat(proof.agency()).isEmpty();
    assertThat(proof.declaredHash()).isEmpty();
    assertThat(proof.environment().attestation()).isEmpty();
    assertThat(proof.commit().chain()).isEqualTo(Commit.DEFAULT_CHAIN);
    assertThat(proof.commit().epochLink()).isEmpty();
    assertThat(proof).hasToString("Proof[global without counter]");
  }

  @Test
  void toBytes_withUnknownMembersAndOddNumbers_losesNothing() throws Exception {
    String extra =
        "{\"z\":1.50,\"a\":[-0,1E+2,null,{\"\u00e9\":\"\\u0000\"}],\"10\":12345678901234567890}";
    JsonObject json = TestProofs.full();
    for (String place :
        List.of(
            "/x",
            "/artifact/x",
            "/commit/x",
            "/signer/x",
            "/environment/x",
            "/policy/x",
            "/environment/attestation/x",
            "/slotAllocation/x",
            "/principal/x",
            "/attribution/x",
            "/agency/x",
            "/agency/actor/x",
            "/agency/authorization/x",
            "/metadata/x")) {
      json = Json.with(json, place, read(extra));
    }
    byte[] document = json.toBytes();
    Proof proof = Proof.read(document);
    assertThat(proof.toBytes()).isEqualTo(document);
    assertThat(proof.json().toJson()).contains("\"x\":" + extra);
    assertThat(Proof.read(proof.toPrettyBytes()))
        .isEqualTo(proof)
        .hasSameHashCodeAs(proof)
        .extracting(Proof::toBytes)
        .isEqualTo(document);
  }

  /** 30,000 numbers, each on a line of its own, 60 spaces from the left. */
  @Test
  void toPrettyBytes_thatWouldBeTooLong_staysCompact() throws Exception {
    String deep = "[".repeat(28) + "0,".repeat(30_000) + "0" + "]".repeat(28);
    JsonObject json = Json.with(TestProofs.full(), "/metadata/deep", read(deep));
    Proof proof = Proof.of(json);
    assertThat(proof.toPrettyBytes()).isEqualTo(proof.toBytes());
    assertThat(Proof.read(proof.toPrettyBytes())).isEqualTo(proof);
  }

  @Test
  void signedBytes_ofAFullProof_areTheSignedBodyOfTheSpecification() throws Exception {
    JsonObject json = TestProofs.full();
    JsonObject body =
        JsonObject.builder()
            .put("version", "occ/1")
            .putIfPresent("artifact", json.get("artifact"))
            .putIfPresent("commit", json.get("commit"))
            .put("publicKeyB64", TestProofs.B32)
            .put("enforcement", "measured-tee")
            .put("measurement", "m")
            .put("attestationFormat", "aws-nitro")
            .putIfPresent("policy", json.get("policy"))
            .putIfPresent("principal", json.get("principal"))
            .putIfPresent("attribution", json.get("attribution"))
            .putIfPresent("actor", ((JsonObject) json.get("agency").orElseThrow()).get("actor"))
            .build();
    Proof proof = Proof.of(json);
    assertThat(proof.signedBytes()).isEqualTo(CanonicalJson.encode(body));
    assertThat(proof.proofHash()).isEqualTo(Bytes.sha256(CanonicalJson.encode(body)));
    assertThat(proof.historicalUserData())
        .isEqualTo(Bytes.sha256(CanonicalJson.encode(body.without("attestationFormat"))));
  }

  @Test
  void signedBytes_ofAMinimalProof_leaveOutWhatIsAbsent() throws Exception {
    JsonObject minimal = TestProofs.minimal();
    assertThat(object(signed(minimal)).members().keySet())
        .containsExactly(
            "artifact", "commit", "enforcement", "measurement", "publicKeyB64", "version");
    assertThat(Proof.of(minimal).historicalUserData()).isEqualTo(Proof.of(minimal).proofHash());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/artifact/x",
        "/commit/x",
        "/policy/x",
        "/principal/x",
        "/attribution/x",
        "/agency/actor/x"
      })
  void signedBytes_unknownMemberOfASignedPart_isCovered(String pointer) throws Exception {
    JsonObject proof = TestProofs.full();
    JsonObject changed = Json.with(proof, pointer, JsonNumber.of(1));
    assertThat(signed(changed)).isNotEqualTo(signed(proof)).contains("\"x\":1");
    assertThat(Proof.of(changed).unsignedMembers()).isEqualTo(Proof.of(proof).unsignedMembers());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x",
        "/signer/x",
        "/environment/x",
        "/environment/attestation/x",
        "/agency/x",
        "/agency/authorization/x"
      })
  void unsignedMembers_unknownMemberOfAnUnsignedPart_isNamed(String pointer) throws Exception {
    JsonObject proof = TestProofs.full();
    JsonObject changed = Json.with(proof, pointer, JsonNumber.of(1));
    assertThat(signed(changed)).isEqualTo(signed(proof));
    assertThat(Proof.of(changed).unsignedMembers()).contains(pointer);
  }

  @Test
  void unsignedMembers_ofAnAuthorisation_areThoseThatItsKindDoesNotCover() throws Exception {
    assertThat(Proof.of(TestProofs.webAuthn()).unsignedMembers())
        .contains("/agency/authorization/timestamp", "/agency/authorization/protocolVersion")
        .doesNotContain("/agency/authorization/format", "/agency/authorization/clientDataJSON");
    JsonObject direct =
        Json.with(TestProofs.full(), "/agency/authorization/clientDataJSON", read("\"{}\""));
    assertThat(Proof.of(direct).unsignedMembers())
        .contains("/agency/authorization/clientDataJSON")
        .doesNotContain("/agency/authorization/timestamp");
  }

  @Test
  void unsignedMembers_ofAFullProof_areThoseAddedOutside() throws Exception {
    assertThat(Proof.of(TestProofs.full()).unsignedMembers())
        .containsExactlyInAnyOrder(
            "/metadata", "/timestamps", "/claims", "/proofHash", "/agency/batchContext");
    assertThat(Proof.of(TestProofs.minimal()).unsignedMembers()).isEmpty();
    JsonObject odd = TestProofs.minimal().with("a/b~c", JsonNumber.of(1));
    assertThat(Proof.of(odd).unsignedMembers()).containsExactly("/a~1b~0c");
  }

  @Test
  void sealedHash_whatIsAddedOutside_doesNotCountAndAllElseDoes() throws Exception {
    JsonObject full = TestProofs.full();
    JsonObject sealed = full.without("timestamps", "claims", "proofHash");
    Bytes expected = Bytes.sha256(CanonicalJson.encode(sealed));
    assertThat(Proof.of(full).sealedHash()).isEqualTo(expected);
    assertThat(Proof.of(sealed).sealedHash()).isEqualTo(expected);
    assertThat(Proof.of(full.without("metadata")).sealedHash()).isNotEqualTo(expected);
    assertThat(Proof.of(Json.with(full, "/metadata/claims", read("1"))).sealedHash())
        .isNotEqualTo(expected);
  }

  @Test
  void sealedHash_membersOfNoList_countOnlyIfAskedFor() throws Exception {
    JsonObject full = TestProofs.full();
    Bytes expected = Proof.of(full).sealedHash();
    Proof noted =
        Proof.of(full.with("note", read("1")).with("ethereum", read("{}")).with("x", read("[]")));
    assertThat(noted.sealedHash()).isEqualTo(expected);
    assertThat(noted.unlistedMembers()).containsExactly("note", "x");
    assertThat(Proof.of(full).unlistedMembers()).isEmpty();
    JsonObject with = full.without("timestamps", "claims", "proofHash").with("x", read("[]"));
    assertThat(noted.sealedHashWith(Set.of("x", "absent")))
        .isEqualTo(Bytes.sha256(CanonicalJson.encode(with)))
        .isNotEqualTo(expected);
    assertThat(noted.sealedHashWith(Set.of("note", "x")))
        .isEqualTo(Bytes.sha256(CanonicalJson.encode(with.with("note", read("1")))));
  }

  @Test
  void equals_proofs_areThoseOfOneDocument() throws Exception {
    Proof proof = Proof.of(TestProofs.full());
    assertThat(proof)
        .isEqualTo(Proof.of(TestProofs.full()))
        .hasSameHashCodeAs(Proof.of(TestProofs.full()));
    assertThat(proof).isNotEqualTo(Proof.of(TestProofs.full().without("claims")));
  }

  @Test
  void slotSignedBytes_always_areTheRecordWithoutItsSignature() throws Exception {
    JsonObject json = (JsonObject) TestProofs.full().get("slotAllocation").orElseThrow();
    JsonObject extended = json.with("x", read("1.0"));
    SlotAllocation slot = SlotAllocation.read(extended);
    assertThat(slot.signedBytes())
        .isEqualTo(CanonicalJson.encode(extended.without("signatureB64")));
    assertThat(slot.historicalHash())
        .isEqualTo(Bytes.sha256(CanonicalJson.encode(extended.without("signatureB64", "chainId"))));
  }

  @Test
  void read_proofLargerThanTheLimit_isRefusedUnlessTheLimitIsRaised() throws Exception {
    JsonValue filler = read("\"" + "a".repeat(1024 * 1024 - 10) + "\"");
    byte[] document = Json.with(TestProofs.full(), "/metadata/any", filler).toBytes();
    Json.assertRefused(() -> Proof.read(document), JsonException.Reason.TOO_LARGE, "");
    assertThat(Proof.read(document, JsonLimits.DEFAULT.withMaxBytes(document.length)).toBytes())
        .isEqualTo(document);
  }

  @Test
  void readAll_arrayOrOneProof_givesEachInOrder() throws Exception {
    String one = new String(TestProofs.full().toBytes(), StandardCharsets.UTF_8);
    assertThat(Proof.readAll(utf8("[" + one + "," + one + "]"))).hasSize(2);
    assertThat(Proof.readAll(utf8(one))).hasSize(1);
    assertThat(Proof.readAll(utf8("[]"))).isEmpty();
    assertThatThrownBy(() -> Proof.readAll(utf8("[" + one + ",1]")))
        .isInstanceOfSatisfying(JsonException.class, e -> assertThat(e.pointer()).isEqualTo("/1"));
    assertThatThrownBy(() -> Proof.readAll(utf8("[" + one + ",{}]")))
        .isInstanceOfSatisfying(
            JsonException.class, e -> assertThat(e.pointer()).startsWith("/1/"));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
