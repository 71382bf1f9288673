package dev.occ.epoch;

import static dev.occ.epoch.EpochChecks.DIGEST;
import static dev.occ.epoch.EpochChecks.assertSoundChain;
import static dev.occ.epoch.EpochChecks.assertSoundProof;
import static dev.occ.epoch.EpochChecks.commit;
import static dev.occ.epoch.EpochChecks.commitOn;
import static dev.occ.testing.Json.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.json.JsonObject;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.PolicyBinding;
import dev.occ.proof.Principal;
import dev.occ.proof.Proof;
import dev.occ.proof.SlotAllocation;
import dev.occ.signer.EnforcementTier;
import dev.occ.signer.soft.SeededSoftSigner;
import dev.occ.signer.soft.SoftSigner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EpochTest {
  @Test
  void open_signer_derivesTheIdFromKeyAndBootNonce() throws Exception {
    ScriptedSigner signer = ScriptedSigner.honest();
    try (Epoch epoch = Epoch.open(signer)) {
      assertThat(signer.randoms()).hasSize(1);
      Bytes bootNonce = Bytes.of(signer.randoms().get(0));
      assertThat(bootNonce.size()).isEqualTo(32);
      String seed = Bytes.of(signer.publicKey()).toBase64() + ":" + bootNonce.toBase64();
      assertThat(epoch.id())
          .isEqualTo(Bytes.sha256(seed.getBytes(StandardCharsets.UTF_8)).toBase64());
      assertThat(epoch.publicKey()).isEqualTo(Bytes.of(signer.publicKey()));
      assertThat(epoch.enforcement()).isEqualTo(EnforcementTier.HW_KEY);
      assertThat(epoch.measurement()).isEqualTo("scripted \u20ac");
    }
    assertThat(signer.closings()).isEqualTo(1);
  }

  @Test
  void open_again_startsOverWithAnotherIdAndCountersAtOne() throws Exception {
    try (Epoch first = Epoch.open(SoftSigner.open());
        Epoch second = Epoch.open(SoftSigner.open())) {
      assertThat(second.id()).isNotEqualTo(first.id());
      assertThat(second.publicKey()).isNotEqualTo(first.publicKey());
      for (Epoch epoch : List.of(first, second)) {
        Proof proof = commitOn(epoch, "global");
        assertThat(proof.commit().slotCounter()).contains(Counter.of(1));
        assertThat(proof.commit().counter()).contains(Counter.of(2));
        assertThat(proof.commit().prev()).isEmpty();
      }
    }
  }

  @Test
  void open_sameSeed_givesTheSameProofs() throws Exception {
    try (Epoch first = Epoch.open(SeededSoftSigner.open(5));
        Epoch second = Epoch.open(SeededSoftSigner.open(5))) {
      assertThat(commitOn(first, "c").toBytes()).isEqualTo(commitOn(second, "c").toBytes());
    }
  }

  @Test
  void allocateSlot_onAChain_signsNonceAndCounterAndNothingOfAnArtifact() throws Exception {
    try (Epoch epoch = Epoch.open(SeededSoftSigner.open(1))) {
      Slot slot = epoch.allocateSlot("c");
      SlotAllocation allocation = slot.allocation();
      assertThat(allocation.json().members().keySet())
          .containsExactly(
              "version",
              "nonceB64",
              "counter",
              "epochId",
              "publicKeyB64",
              "chainId",
              "signatureB64");
      assertThat(allocation.version()).isEqualTo("occ/slot/1");
      assertThat(allocation.nonce().size()).isEqualTo(32);
      assertThat(slot.id()).isEqualTo(allocation.nonce().toBase64());
      assertThat(slot.chainId()).isEqualTo("c");
      assertThat(epoch.allocateSlot("c").id()).isNotEqualTo(slot.id());
      assertThat(epoch.pendingSlots()).isEqualTo(2);
      assertThat(epoch.chainCount()).isEqualTo(1);
    }
  }

  @Test
  void commit_onTheDefaultChain_writesNoChainIdAndNoTime() throws Exception {
    try (Epoch epoch = Epoch.open(SeededSoftSigner.open(1))) {
      Slot named = epoch.allocateSlot("global");
      List<Proof> proofs = List.of(commit(epoch, epoch.allocateSlot()), commit(epoch, named));
      for (Proof proof : proofs) {
        assertThat(proof.json().toJson()).doesNotContain("chainId").doesNotContain("\"time\"");
        assertThat(proof.json().members().keySet())
            .containsExactly(
                "version", "artifact", "commit", "signer", "environment", "slotAllocation");
        assertThat(proof.artifactDigest()).isEqualTo(DIGEST);
        assertThat(proof.unsignedMembers()).isEmpty();
      }
      assertSoundChain(epoch, proofs);
      assertThat(epoch.chainCount()).isEqualTo(1);
    }
  }

  @Test
  void commit_onSeveralChains_keepsALineAndACounterForEach() throws Exception {
    try (Epoch epoch = Epoch.open(SeededSoftSigner.open(1))) {
      List<Proof> first = new ArrayList<>();
      List<Proof> second = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        first.add(commitOn(epoch, "first"));
        second.add(commitOn(epoch, "\ud83d\ude00/\u0000"));
      }
      assertSoundChain(epoch, first);
      assertSoundChain(epoch, second);
      assertThat(first.get(4).commit().counter()).contains(Counter.of(10));
      assertThat(second.get(4).commit().counter()).contains(Counter.of(10));
      assertThat(second.get(4).commit().chainId()).contains("\ud83d\ude00/\u0000");
    }
  }

  @Test
  void commit_slotsInAnotherOrder_linksInTheOrderOfCommits() throws Exception {
    try (Epoch epoch = Epoch.open(SeededSoftSigner.open(1))) {
      Slot first = epoch.allocateSlot();
      Slot second = epoch.allocateSlot();
      Slot unused = epoch.allocateSlot();
      Proof early = commit(epoch, second);
      Proof late = commit(epoch, first);
      assertThat(early.commit().counter()).contains(Counter.of(4));
      assertThat(late.commit().counter()).contains(Counter.of(5));
      assertThat(late.commit().prev()).contains(early.sealedHash());
      assertSoundChain(epoch, List.of(early, late));
      assertThat(epoch.pendingSlots()).isEqualTo(1);
      assertThat(unused.allocation().counter()).isEqualTo(Counter.of(3));
    }
  }

  @Test
  void commit_withTypedParts_putsThemIntoTheProof() throws Exception {
    try (Epoch epoch = Epoch.open(SeededSoftSigner.open(1))) {
      PolicyBinding policy = new PolicyBinding(DIGEST, Optional.of("n"), Optional.empty());
      Principal principal = new Principal("i", Optional.of("p"));
      Attribution attribution = Attribution.of("me");
      Proof proof =
          epoch.commit(
              CommitRequest.builder(epoch.allocateSlot().id(), DIGEST)
                  .policy(policy)
                  .principal(principal)
                  .attribution(attribution)
                  .build());
      assertThat(proof.policy()).contains(policy);
      assertThat(proof.principal()).contains(principal);
      assertThat(proof.attribution()).contains(attribution);
      assertThat(proof.unsignedMembers()).isEmpty();
      assertSoundProof(epoch, proof);
    }
  }

  @Test
  void commit_withUnknownMembers_keepsThemVerbatim() throws Exception {
    JsonObject policy =
        object("{\"x\":[1.50,null],\"digestB64\":\"" + DIGEST + "\",\"y\":{\"z\":-0}}");
    JsonObject principal = object("{\"x\":1E+2,\"id\":\"i\"}");
    JsonObject attribution = object("{\"message\":\"m\",\"x\":\"\\u0000\"}");
    JsonObject metadata = object("{\"b\":1,\"a\":[{}],\"-1\":1e-400}");
    try (Epoch epoch = Epoch.open(SeededSoftSigner.open(1))) {
      Proof proof =
          epoch.commit(
              CommitRequest.builder(epoch.allocateSlot().id(), DIGEST)
                  .policy(policy)
                  .principal(principal)
                  .attribution(attribution)
                  .metadata(metadata)
                  .build());
      assertThat(proof.json().toJson())
          .endsWith(
              ",\"policy\":"
                  + policy
                  + ",\"principal\":"
                  + principal
                  + ",\"attribution\":"
                  + attribution
                  + ",\"metadata\":"
                  + metadata
                  + "}");
      assertThat(new String(proof.signedBytes(), StandardCharsets.UTF_8))
          .contains("\"x\":[1.5,null],\"y\":{\"z\":0}")
          .doesNotContain("1e-400");
      assertThat(proof.unsignedMembers()).containsExactly("/metadata");
      assertSoundProof(epoch, proof);
      assertThat(commitOn(epoch, "global").commit().prev()).contains(proof.sealedHash());
    }
  }

  @Test
  void commit_signerThatAttests_bindsTheProofHash() throws Exception {
    try (Epoch epoch = Epoch.open(ScriptedSigner.honest())) {
      Proof proof = commitOn(epoch, "global");
      byte[] report = proof.environment().attestation().orElseThrow().report().toByteArray();
      assertThat(report[0]).isEqualTo((byte) 'R');
      assertThat(Arrays.copyOfRange(report, 1, report.length))
          .isEqualTo(proof.proofHash().toByteArray());
      assertThat(new String(proof.signedBytes(), StandardCharsets.UTF_8))
          .contains("\"attestationFormat\":\"scripted\"", "\"enforcement\":\"hw-key\"");
      assertSoundProof(epoch, proof);
    }
  }
}
