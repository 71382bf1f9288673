package dev.occ.epoch;

import static dev.occ.epoch.EpochChecks.DIGEST;
import static dev.occ.epoch.EpochChecks.assertRefused;
import static dev.occ.epoch.EpochChecks.assertSoundChain;
import static dev.occ.epoch.EpochChecks.commit;
import static dev.occ.epoch.EpochChecks.commitOn;
import static dev.occ.epoch.EpochChecks.counter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.anchor.AnchorClaim;
import dev.occ.anchor.AnchorScope;
import dev.occ.anchor.AnchorSigner;
import dev.occ.epoch.EpochException.Reason;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.proof.AnchoredBlock;
import dev.occ.proof.Attribution;
import dev.occ.proof.Bytes;
import dev.occ.proof.Floor;
import dev.occ.proof.Proof;
import dev.occ.proof.ProtocolName;
import dev.occ.proof.SlotAnchor;
import dev.occ.signer.soft.SeededSoftSigner;
import dev.occ.testing.Blocks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anchors are made for claims of the anchor key only, and are the floors of later slots. */
class EpochAnchorTest {
  private static final String CHAIN = "global";
  private static final String EXPLORER = "https://etherscan.io";

  private static Epoch open(int seed) throws EpochException {
    return Epoch.open(SeededSoftSigner.open(seed), options().build());
  }

  private static EpochOptions.Builder options() {
    return EpochOptions.builder().anchorKey(Blocks.ANCHORER.publicKey());
  }

  /** A request that is right in all but what the test changes. */
  private static CommitRequest.Builder request(Slot slot, AnchorClaim claim) {
    return CommitRequest.builder(slot.id(), claim.block().digest())
        .attribution(claim.block().attribution(EXPLORER))
        .anchor(claim);
  }

  private static Proof anchor(Epoch epoch, String chain, long number) throws EpochException {
    Slot slot = epoch.allocateSlot(chain);
    return epoch.commit(request(slot, Blocks.claim(number, epoch.id(), chain)).build());
  }

  /** The slot is usable and nothing else has changed. */
  private static void assertRefusedFreely(Epoch epoch, CommitRequest request, Reason reason)
      throws EpochException, JsonException {
    int pending = epoch.pendingSlots();
    assertRefused(() -> epoch.commit(request), reason);
    assertThat(epoch.pendingSlots()).as("the slot is as usable as before").isEqualTo(pending);
  }

  @Test
  void commit_signedClaim_writesTheBlockIntoTheSignedCommit() throws Exception {
    try (Epoch epoch = open(1)) {
      Proof proof = anchor(epoch, CHAIN, 100);
      assertThat(proof.commit().anchor()).contains(Blocks.block(100));
      assertThat(proof.commit().floor()).isEqualTo(Floor.NONE);
      assertThat(proof.json().get("commit").orElseThrow().toJson())
          .contains("\"anchor\":{\"blockNumber\":100,\"blockHash\":\"0x");
      assertThat(new String(proof.signedBytes(), StandardCharsets.UTF_8))
          .contains("\"anchor\":{\"blockHash\":");
      assertThat(proof.json().has("anchor")).as("the claim itself is in no proof").isFalse();
      assertSoundChain(epoch, List.of(proof));
      assertThat(epoch.anchorKey())
          .map(Object::toString)
          .contains(Blocks.ANCHORER.publicKey().toString());
    }
  }

  @Test
  void allocateSlot_afterAnAnchor_hasItAndSoDoesTheProof() throws Exception {
    try (Epoch epoch = open(1)) {
      Slot before = epoch.allocateSlot();
      Proof first = anchor(epoch, CHAIN, 100);
      Slot between = epoch.allocateSlot();
      Proof second = anchor(epoch, CHAIN, 101);
      Slot after = epoch.allocateSlot();
      assertThat(before.floor()).isEqualTo(Floor.NONE);
      assertThat(between.floor()).isEqualTo(new SlotAnchor(counter(first), Blocks.block(100)));
      assertThat(after.floor()).isEqualTo(new SlotAnchor(counter(second), Blocks.block(101)));
      assertThat(second.commit().slotAnchor())
          .as("an anchor stands on the one before it")
          .contains(new SlotAnchor(counter(first), Blocks.block(100)));
      List<Proof> proofs = new ArrayList<>(List.of(first, second));
      for (Slot slot : List.of(after, before, between)) { // fixed with the slot
        Proof proof = commit(epoch, slot);
        assertThat(proof.commit().floor()).isEqualTo(slot.floor());
        assertThat(proof.commit().anchor()).isEmpty();
        proofs.add(proof);
      }
      assertSoundChain(epoch, proofs);
    }
  }

  @Test
  void allocateSlot_onAnotherChain_hasNoneOfTheAnchor() throws Exception {
    try (Epoch epoch = open(1)) {
      Proof unused = anchor(epoch, "a", 100);
      assertThat(epoch.allocateSlot("b").floor()).isEqualTo(Floor.NONE);
      assertThat(anchor(epoch, "b", 5).commit().anchor()).contains(Blocks.block(5));
    }
  }

  @Test
  void commit_attributionOfAnAnchorWithoutClaim_isReserved() throws Exception {
    try (Epoch epoch = open(1);
        Epoch without = Epoch.open(SeededSoftSigner.open(2))) {
      for (Epoch each : List.of(epoch, without)) {
        Slot slot = each.allocateSlot();
        for (Attribution attribution :
            List.of(Blocks.block(1).attribution(EXPLORER), Attribution.of("Ethereum Anchor"))) {
          CommitRequest request =
              CommitRequest.builder(slot.id(), Blocks.block(1).digest())
                  .attribution(attribution)
                  .build();
          assertRefusedFreely(each, request, Reason.ANCHOR_RESERVED);
        }
        assertSoundChain(each, List.of(commit(each, slot)));
      }
    }
  }

  /** Whatever else stands in it: readers go by the name. */
  @Test
  void commit_reservedNameWithFurtherMembers_isReserved() throws Exception {
    try (Epoch epoch = open(1)) {
      JsonObject attribution =
          Attribution.of("Ethereum Anchor").toJson().with("x", new JsonString("y"));
      CommitRequest request =
          CommitRequest.builder(epoch.allocateSlot().id(), DIGEST).attribution(attribution).build();
      assertRefusedFreely(epoch, request, Reason.ANCHOR_RESERVED);
    }
  }

  /** No reader takes these for anchors, so they are anybody's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ethereum anchor",
        "Ethereum Anchor ",
        "Ethereum  Anchor",
        "Ethereum Anchor\u200b"
      })
  void commit_nameThatNoReaderTakesForAnAnchor_isAnybodys(String name) throws Exception {
    try (Epoch epoch = open(1)) {
      CommitRequest request =
          CommitRequest.builder(epoch.allocateSlot().id(), DIGEST)
              .attribution(Attribution.of(name))
              .build();
      assertThat(epoch.commit(request).commit().anchor()).isEmpty();
    }
  }

  @Test
  void commit_claimWithoutAnAnchorKey_isRefused() throws Exception {
    try (Epoch epoch = Epoch.open(SeededSoftSigner.open(1))) {
      Slot slot = epoch.allocateSlot();
      CommitRequest request = request(slot, Blocks.claim(1, epoch.id(), CHAIN)).build();
      assertRefusedFreely(epoch, request, Reason.ANCHOR_UNSUPPORTED);
      assertThat(epoch.anchorKey()).isEmpty();
    }
  }

  @Test
  void commit_claimThatIsNotSignedForThis_isRefused() throws Exception {
    try (Epoch epoch = open(1);
        Epoch other = open(2);
        AnchorSigner stranger = AnchorSigner.ofSeed(filled(1))) {
      Slot slot = epoch.allocateSlot("a");
      AnchoredBlock block = Blocks.block(7);
      AnchorClaim genuine = Blocks.claim(7, epoch.id(), "a");
      for (AnchorClaim forged :
          List.of(
              Blocks.claim(7, other.id(), "a"),
              Blocks.claim(7, epoch.id(), "b"),
              Blocks.ANCHORER.claim(block, new AnchorScope(ProtocolName.BITGRAPH, epoch.id(), "a")),
              stranger.claim(block, new AnchorScope(ProtocolName.OCC, epoch.id(), "a")),
              new AnchorClaim(Blocks.block(8), genuine.signature()),
              new AnchorClaim(new AnchoredBlock(8, block.hash()), genuine.signature()),
              new AnchorClaim(block, Bytes.of(new byte[64])))) {
        assertRefusedFreely(epoch, request(slot, forged).build(), Reason.ANCHOR_SIGNATURE_INVALID);
      }
      assertThat(epoch.commit(request(slot, genuine).build()).commit().anchor()).contains(block);
    }
  }

  @Test
  void commit_digestOfSomethingElse_isRefused() throws Exception {
    try (Epoch epoch = open(1)) {
      Slot slot = epoch.allocateSlot();
      AnchorClaim claim = Blocks.claim(7, epoch.id(), CHAIN);
      String upper = claim.block().hashText().replace('a', 'A').replace('b', 'B');
      for (Bytes digest :
          List.of(
              DIGEST,
              claim.block().hash(),
              Bytes.sha256(claim.block().hash().toByteArray()),
              Bytes.sha256(upper.getBytes(StandardCharsets.UTF_8)))) {
        CommitRequest request =
            CommitRequest.builder(slot.id(), digest)
                .attribution(claim.block().attribution(EXPLORER))
                .anchor(claim)
                .build();
        assertRefusedFreely(epoch, request, Reason.ANCHOR_DIGEST_MISMATCH);
      }
    }
  }

  /** Otherwise a reader of the attribution would find another number than the claim's. */
  @Test
  void commit_attributionOfAnotherBlockOrNone_isRefused() throws Exception {
    try (Epoch epoch = open(1)) {
      Slot slot = epoch.allocateSlot();
      AnchorClaim claim = Blocks.claim(77, epoch.id(), CHAIN);
      String hash = claim.block().hashText();
      CommitRequest without =
          CommitRequest.builder(slot.id(), claim.block().digest()).anchor(claim).build();
      assertRefusedFreely(epoch, without, Reason.ANCHOR_ATTRIBUTION_MISMATCH);
      for (Attribution attribution :
          List.of(
              Attribution.of("Ethereum Anchor"),
              Attribution.of("something else"),
              Blocks.block(78).attribution(EXPLORER),
              attribution("Ethereum Anchor", EXPLORER + "/block/7", hash),
              attribution("Ethereum Anchor", EXPLORER + "/block/077", hash),
              attribution("Ethereum Anchor", EXPLORER + "/block/77/", hash),
              attribution("Ethereum Anchor", EXPLORER + "/block/77#/block/78", hash),
              attribution("Ethereum Anchor", "/block/77", hash),
              attribution("Ethereum Anchor", EXPLORER + " /block/77", hash),
              attribution("Ethereum Anchor", EXPLORER + "/block/77", hash.toUpperCase(Locale.ROOT)),
              attribution("ethereum anchor", EXPLORER + "/block/77", hash))) {
        CommitRequest request = request(slot, claim).attribution(attribution).build();
        assertRefusedFreely(epoch, request, Reason.ANCHOR_ATTRIBUTION_MISMATCH);
      }
      Proof proof =
          epoch.commit(
              request(slot, claim)
                  .attribution(attribution("Ethereum Anchor", "http://x/block/77", hash))
                  .build());
      assertSoundChain(epoch, List.of(proof));
    }
  }

  private static Attribution attribution(String name, String title, String message) {
    return new Attribution(Optional.of(name), Optional.of(title), Optional.of(message));
  }

  @Test
  void commit_numberNotAboveTheLast_isRefusedWhateverItsHash() throws Exception {
    try (Epoch epoch = open(1)) {
      Proof first = anchor(epoch, CHAIN, 100);
      Slot slot = epoch.allocateSlot();
      for (long number : new long[] {100, 99, 1}) {
        AnchorClaim claim =
            Blocks.ANCHORER.claim(
                new AnchoredBlock(number, Bytes.sha256(new byte[] {(byte) number})),
                new AnchorScope(ProtocolName.OCC, epoch.id(), CHAIN));
        assertRefusedFreely(epoch, request(slot, claim).build(), Reason.ANCHOR_NOT_ABOVE_LAST);
      }
      Proof second = epoch.commit(request(slot, Blocks.claim(101, epoch.id(), CHAIN)).build());
      assertSoundChain(epoch, List.of(first, second));
      long last = (1L << 53) - 1;
      assertThat(anchor(epoch, CHAIN, last).commit().anchor()).contains(Blocks.block(last));
    }
  }

  /** A claim is spent by its number: the second time it is not above itself. */
  @Test
  void commit_claimSentAgain_isRefused() throws Exception {
    try (Epoch epoch = open(1)) {
      AnchorClaim claim = Blocks.claim(100, epoch.id(), CHAIN);
      Proof unused = epoch.commit(request(epoch.allocateSlot(), claim).build());
      assertRefusedFreely(
          epoch, request(epoch.allocateSlot(), claim).build(), Reason.ANCHOR_NOT_ABOVE_LAST);
    }
  }

  @Test
  void commit_manyAtOnceWithOneClaim_oneIsMade() throws Exception {
    try (Epoch epoch = open(1)) {
      int threads = 8;
      AnchorClaim claim = Blocks.claim(100, epoch.id(), CHAIN);
      List<CommitRequest> requests = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        requests.add(request(epoch.allocateSlot(), claim).build());
      }
      CountDownLatch start = new CountDownLatch(1);
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      List<Future<Optional<Proof>>> results = new ArrayList<>();
      for (CommitRequest request : requests) {
        results.add(
            pool.submit(
                () -> {
                  start.await();
                  try {
                    return Optional.of(epoch.commit(request));
                  } catch (EpochException e) {
                    assertThat(e.reason()).isEqualTo(Reason.ANCHOR_NOT_ABOVE_LAST);
                    return Optional.empty();
                  }
                }));
      }
      start.countDown();
      int made = 0;
      for (Future<Optional<Proof>> result : results) {
        made += result.get().isPresent() ? 1 : 0;
      }
      pool.shutdown();
      assertThat(made).isEqualTo(1);
      assertThat(epoch.pendingSlots()).as("refusals leave their slots").isEqualTo(threads - 1);
    }
  }

  @Test
  void commit_anchorWhoseSignerFails_isNotTheNewest() throws Exception {
    ScriptedSigner signer = ScriptedSigner.honest();
    try (Epoch epoch = Epoch.open(signer, options().build())) {
      Slot slot = epoch.allocateSlot();
      AnchorClaim claim = Blocks.claim(100, epoch.id(), CHAIN);
      signer.script((call, operation, honest) -> new byte[0]);
      assertRefused(() -> epoch.commit(request(slot, claim).build()), Reason.SIGNER_FAILED);
      signer.script((call, operation, honest) -> honest);
      assertThat(epoch.allocateSlot().floor()).isEqualTo(Floor.NONE);
      assertThat(anchor(epoch, CHAIN, 100).commit().anchor())
          .as("the block can be anchored still")
          .contains(Blocks.block(100));
    }
  }

  @Test
  void commit_chainWithALineFeedInItsName_cannotBeAnchored() throws Exception {
    try (Epoch epoch = open(1)) {
      Slot slot = epoch.allocateSlot("a\n5");
      AnchorClaim claim = Blocks.claim(7, epoch.id(), "a");
      assertRefusedFreely(epoch, request(slot, claim).build(), Reason.ANCHOR_CHAIN_INVALID);
    }
  }

  @Test
  void commit_slotThatIsGone_isRefusedAsAlways() throws Exception {
    FakeClock clock = new FakeClock();
    EpochOptions options = options().nanoClock(clock).build();
    try (Epoch epoch = Epoch.open(SeededSoftSigner.open(1), options)) {
      Slot used = epoch.allocateSlot();
      Proof unused = commit(epoch, used);
      AnchorClaim claim = Blocks.claim(7, epoch.id(), CHAIN);
      assertRefused(() -> epoch.commit(request(used, claim).build()), Reason.SLOT_UNKNOWN);
      Slot old = epoch.allocateSlot();
      clock.advance(Duration.ofMinutes(2));
      assertRefused(() -> epoch.commit(request(old, claim).build()), Reason.SLOT_EXPIRED);
    }
  }

  /** The last anchors are bounded as chains are: one for each, and none for a refused claim. */
  @Test
  void commit_claimsOnManyChains_areBoundedByTheChains() throws Exception {
    EpochOptions options = options().maxChains(50).build();
    try (Epoch epoch = Epoch.open(SeededSoftSigner.open(1), options)) {
      for (int i = 0; i < 50; i++) {
        Proof proof = anchor(epoch, "chain-" + i, 1000 - i);
        assertThat(proof.commit().anchor()).contains(Blocks.block(1000 - i));
      }
      EpochException refusal =
          catchThrowableOfType(EpochException.class, () -> anchor(epoch, "one more", 5));
      assertThat(refusal.reason()).isEqualTo(Reason.TOO_MANY_CHAINS);
      for (int i = 0; i < 50; i++) {
        assertThat(commitOn(epoch, "chain-" + i).commit().slotAnchor())
            .map(SlotAnchor::block)
            .contains(Blocks.block(1000 - i));
      }
    }
  }

  /** Slots rise with their floors, and an anchor's counter is below each slot that names it. */
  @Test
  void allocateSlot_whileAnchorsAreMade_floorsRiseWithTheCounters() throws Exception {
    try (Epoch epoch = open(1)) {
      ExecutorService pool = Executors.newFixedThreadPool(3);
      List<Future<List<Slot>>> taken = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        taken.add(
            pool.submit(
                () -> {
                  List<Slot> slots = new ArrayList<>();
                  for (int n = 0; n < 100; n++) {
                    slots.add(epoch.allocateSlot());
                  }
                  return slots;
                }));
      }
      for (int number = 1; number <= 20; number++) {
        assertThat(anchor(epoch, CHAIN, number)).isNotNull();
      }
      List<Slot> slots = new ArrayList<>();
      for (Future<List<Slot>> each : taken) {
        slots.addAll(each.get());
      }
      pool.shutdown();
      slots.sort((a, b) -> a.allocation().counter().compareTo(b.allocation().counter()));
      long last = 0;
      for (Slot slot : slots) {
        if (slot.floor() instanceof SlotAnchor anchor) {
          assertThat(anchor.counter()).isLessThan(slot.allocation().counter());
          assertThat(anchor.block().number()).isGreaterThanOrEqualTo(last);
          last = anchor.block().number();
        } else {
          assertThat(last).as("once there is an anchor, every slot has one").isZero();
        }
      }
    }
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
