package dev.occ.proof;

import static dev.occ.testing.Json.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.json.JsonObject;
import dev.occ.testing.Ed25519Check;
import dev.occ.testing.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real proofs, which other software made. */
class ProofVectorsTest {
  private static Proof proof(String name) throws Exception {
    return Proof.read(Vectors.bytes("proofs/" + name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nitro-2026-03-21-18.json",
        "nitro-2026-03-21-policy.json",
        "anchor-2026-04-24800448.json",
        "stub-chain-1.json",
        "stub-chain-2.json"
      })
  void read_realProof_hasTheExpectedHashAndSignature(String name) throws Exception {
    Proof proof = proof(name);
    JsonObject expected = (JsonObject) Vectors.object("expected.json").get(name).orElseThrow();
    assertThat(proof.proofHash()).hasToString(text(expected, "proofHashB64"));
    assertThat(Ed25519Check.verifies(proof.publicKey(), proof.signedBytes(), proof.signature()))
        .isTrue();
    assertThat(proof.slotAllocation().isPresent()).isEqualTo(!name.startsWith("stub"));
    if (proof.slotAllocation().isPresent()) {
      SlotAllocation slot = proof.slotAllocation().get();
      assertThat(Ed25519Check.verifies(slot.publicKey(), slot.signedBytes(), slot.signature()))
          .isTrue();
      assertThat(proof.commit().slotHash())
          .contains(
              name.startsWith("anchor") ? slot.historicalHash() : Bytes.sha256(slot.signedBytes()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nitro-2026-03-21-18.json",
        "nitro-2026-03-21-policy.json",
        "anchor-2026-04-24800448.json",
        "stub-chain-1.json",
        "stub-chain-2.json"
      })
  void toPrettyBytes_realProof_isTheFileItself(String name) throws Exception {
    Proof proof = proof(name);
    assertThat(proof.toPrettyBytes()).isEqualTo(Vectors.bytes("proofs/" + name));
    assertThat(Proof.read(proof.toBytes())).isEqualTo(proof);
  }

  @Test
  void sealedHash_ofTheFirstProof_isWhatTheSecondNames() throws Exception {
    assertThat(proof("stub-chain-2.json").commit().prev())
        .contains(proof("stub-chain-1.json").sealedHash());
  }

  @Test
  void policy_withUnknownMember_isKeptAndSigned() throws Exception {
    Proof proof = proof("nitro-2026-03-21-policy.json");
    assertThat(proof.policy().orElseThrow().name()).contains("Tool Execution Policy");
    assertThat(new String(proof.signedBytes(), StandardCharsets.UTF_8))
        .contains("\"authorProofDigestB64\":\"test-policy-proof-hash\"");
  }

  @Test
  void unsignedMembers_ofRealProofs_areNamed() throws Exception {
    assertThat(proof("nitro-2026-03-21-18.json").unsignedMembers()).contains("/timestamps");
    assertThat(proof("stub-chain-1.json").unsignedMembers()).isEqualTo(List.of("/metadata"));
    assertThat(proof("anchor-2026-04-24800448.json").unsignedMembers()).isEmpty();
  }
}
