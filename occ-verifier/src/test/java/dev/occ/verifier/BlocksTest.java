package dev.occ.verifier;

import static dev.occ.verifier.Forge.remove;
import static dev.occ.verifier.Forge.set;
import static dev.occ.verifier.Forge.text;
import static dev.occ.verifier.Outcomes.rejected;
import static dev.occ.verifier.Outcomes.verified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.json.JsonObject;
import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.BaseFloor;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.SlotAnchor;
import dev.occ.signer.soft.SoftAttestationAuthority;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a result says of a proof's anchor and floor (spec 10). */
class BlocksTest {
  private static final VerificationPolicy INTEGRITY = VerificationPolicy.integrityOnly();
  private static final AnchoredBlock BLOCK = new AnchoredBlock(7, Bytes.of(new byte[32]));
  private static final BaseFloor BASE = new BaseFloor(52_271_417, Bytes.of(new byte[32]));

  private final Forge forge = Forge.open();

  @AfterEach
  void close() {
    forge.close();
  }

  private JsonObject claim() {
    return set(forge.proof(), text(BLOCK.digest()), "artifact", "digestB64")
        .with("attribution", BLOCK.attribution("https://etherscan.io").toJson());
  }

  private ValidProof verify(JsonObject proof) {
    return verified(ProofVerifier.create(INTEGRITY).verifyProofOnly(forge.resign(proof)));
  }

  private static List<Caveat.Kind> blockCaveats(ValidProof proof) {
    return proof.caveats().stream()
        .map(Caveat::kind)
        .filter(kind -> kind.compareTo(Caveat.Kind.ANCHOR_NOT_AUTHENTICATED) >= 0)
        .filter(kind -> kind.compareTo(Caveat.Kind.BLOCK_NOT_CONFIRMED) <= 0)
        .toList();
  }

  @Test
  void verify_anchorThatAnyoneCanWrite_saysThatNothingShowsWhoAnchored() {
    ValidProof result = verify(claim());
    assertThat(result.anchor()).isEqualTo(new EthereumAnchor(BLOCK, false));
    assertThat(blockCaveats(result))
        .containsExactly(Caveat.Kind.ANCHOR_NOT_AUTHENTICATED, Caveat.Kind.BLOCK_NOT_CONFIRMED);
    JsonObject json = (JsonObject) result.toJson().get("anchor").orElseThrow();
    assertThat(json.toJson())
        .contains("\"authenticated\":false", "\"blockNumber\":\"7\"", "nothing shows who anchored");
  }

  @Test
  void verify_authenticatedAnchor_isShownAsOne() {
    ValidProof result = verify(set(claim(), BLOCK.toJson(), "commit", "anchor"));
    assertThat(result.anchor()).isEqualTo(new EthereumAnchor(BLOCK, true));
    assertThat(blockCaveats(result)).containsExactly(Caveat.Kind.BLOCK_NOT_CONFIRMED);
    assertThat(Forge.get(result.toJson(), "anchor").toJson()).contains("\"authenticated\":true");
  }

  @Test
  void verify_malformedAnchor_isValidAndNamed() {
    ValidProof result = verify(set(forge.proof(), BLOCK.toJson(), "commit", "anchor"));
    assertThat(blockCaveats(result)).containsExactly(Caveat.Kind.ANCHOR_MALFORMED);
    assertThat(Forge.get(result.toJson(), "anchor").toJson())
        .isEqualTo("{\"malformed\":\"digest-not-of-block-hash\"}");
  }

  @Test
  void verify_ordinaryProof_hasNeitherAnchorNorFloor() {
    ValidProof result = verify(forge.proof());
    assertThat(result.anchor()).isEqualTo(new AnchorReading.NotAnAnchor());
    assertThat(result.floor()).isEmpty();
    assertThat(blockCaveats(result)).isEmpty();
    assertThat(result.toJson().has("anchor")).isFalse();
    assertThat(result.toJson().has("floor")).isFalse();
  }

  @Test
  void verify_floorByAnchor_isShown() {
    SlotAnchor anchor = new SlotAnchor(Counter.ZERO, BLOCK);
    ValidProof result = verify(set(forge.proof(), anchor.toJson(), "commit", "slotAnchor"));
    FloorFacts floor = result.floor().orElseThrow();
    assertThat(floor.chain()).isEqualTo("ethereum");
    assertThat(floor.blockNumber()).isEqualTo(7);
    assertThat(floor.anchorCounter()).contains(Counter.ZERO);
    assertThat(floor.time()).isEmpty();
    assertThat(floor.shows()).contains("made after Ethereum block 7", "only a node can say");
    assertThat(Forge.get(result.toJson(), "floor").toJson())
        .contains("\"chain\":\"ethereum\"", "\"anchorCounter\":\"0\"");
    assertThat(blockCaveats(result)).containsExactly(Caveat.Kind.BLOCK_NOT_CONFIRMED);
  }

  @Test
  void verify_floorByBaseBlock_isShownWithItsTime() {
    ValidProof result = verify(set(forge.proof(), BASE.toJson(), "commit", "slotFloor"));
    FloorFacts floor = result.floor().orElseThrow();
    assertThat(floor.chain()).isEqualTo("base");
    assertThat(floor.time()).contains(Instant.ofEpochSecond(1_791_332_181));
    assertThat(floor.anchorCounter()).isEmpty();
    assertThat(Forge.get(result.toJson(), "floor").toJson())
        .contains("\"time\":\"2026-10-07T00:16:21Z\"", "made after Base block 52271417");
  }

  @Test
  void verify_twoFloors_areNone() {
    JsonObject one =
        set(forge.proof(), new SlotAnchor(Counter.ZERO, BLOCK).toJson(), "commit", "slotAnchor");
    ValidProof result = verify(set(one, BASE.toJson(), "commit", "slotFloor"));
    assertThat(result.floor()).isEmpty();
    assertThat(result.toJson().has("floor")).isFalse();
    assertThat(blockCaveats(result)).containsExactly(Caveat.Kind.FLOOR_AMBIGUOUS);
  }

  @ParameterizedTest
  @ValueSource(longs = {-2, 0, 2})
  void verify_floorLaterThanTheAttestation_itsTimeIsNotUsed(long later) {
    SoftAttestationAuthority authority = SoftAttestationAuthority.create(RejectionCases.CLOCK);
    long number =
        (RejectionCases.NOW.getEpochSecond() + later - BaseFloor.GENESIS_TIME)
            / BaseFloor.BLOCK_SECONDS;
    BaseFloor base = new BaseFloor(number, BLOCK.hash());
    Instant time = Instant.ofEpochSecond(base.timestamp());
    try (Forge attested = Forge.attestedBy(authority)) {
      JsonObject proof =
          attested.reattest(
              set(attested.proof(), base.toJson(), "commit", "slotFloor"),
              authority,
              document -> document.time(RejectionCases.NOW));
      ProofVerifier verifier =
          ProofVerifier.builder(VerificationPolicy.builder().requireFloor().build())
              .trustRoot(SoftAttestationAuthority.FORMAT, Bytes.of(authority.rootCertificate()))
              .build();
      ValidProof result = verified(verifier.verifyProofOnly(proof));
      boolean usable = !time.isAfter(RejectionCases.NOW);
      assertThat(result.floor().orElseThrow().time().isPresent()).isEqualTo(usable);
      assertThat(blockCaveats(result).contains(Caveat.Kind.FLOOR_TIME_NOT_USED)).isEqualTo(!usable);
    }
  }

  @Test
  void verify_floorRequired_eitherKindWillDo() {
    ProofVerifier verifier = ProofVerifier.create(INTEGRITY.toBuilder().requireFloor().build());
    JsonObject anchor =
        set(forge.proof(), new SlotAnchor(Counter.ZERO, BLOCK).toJson(), "commit", "slotAnchor");
    JsonObject base = set(forge.proof(), BASE.toJson(), "commit", "slotFloor");
    for (JsonObject proof : List.of(anchor, base)) {
      assertThat(verified(verifier.verifyProofOnly(forge.resign(proof))).floor()).isPresent();
    }
  }

  @Test
  void verify_floorWithoutASlot_isRejected() {
    JsonObject proof = set(forge.proof(), BASE.toJson(), "commit", "slotFloor");
    JsonObject slotless =
        remove(
            remove(remove(proof, "slotAllocation"), "commit", "slotCounter"),
            "commit",
            "slotHashB64");
    rejected(
        ProofVerifier.create(INTEGRITY).verifyProofOnly(forge.resign(slotless)),
        Rejection.SLOT_MISSING);
  }

  @Test
  void verify_realAnchorsAndFloors_areShown() {
    ValidProof anchor = real("bitgraph/floor-4542.anchor.json");
    assertThat(anchor.anchor())
        .isInstanceOfSatisfying(
            EthereumAnchor.class,
            reading -> {
              assertThat(reading.authenticated()).isTrue();
              assertThat(reading.blockNumber()).hasToString("26088457");
            });
    assertThat(anchor.floor().orElseThrow().blockNumber()).isEqualTo(26_088_455);
    FloorFacts floor = real("bitgraph/demo4546.proof.json").floor().orElseThrow();
    assertThat(floor.blockNumber()).isEqualTo(26_088_457);
    assertThat(floor.anchorCounter()).contains(Counter.of(4542));
    assertThat(real("bitgraph/made3.proof.json").floor().orElseThrow().time())
        .contains(Instant.ofEpochSecond(1_791_332_181));
    VerificationPolicy historical = INTEGRITY.toBuilder().historical().build();
    ValidProof early =
        verified(ProofVerifier.create(historical).verifyProofOnly(Vectors.proof(Vectors.ANCHOR)));
    assertThat(early.anchor())
        .isInstanceOfSatisfying(
            EthereumAnchor.class, reading -> assertThat(reading.authenticated()).isFalse());
    assertThat(early.floor()).isEmpty();
  }

  private static ValidProof real(String name) {
    return verified(ProofVerifier.create(INTEGRITY).verifyProofOnly(Vectors.document(name)));
  }
}
