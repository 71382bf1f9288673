package dev.occ.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.json.JsonException;
import dev.occ.proof.Bytes;
import dev.occ.proof.Commit;
import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import dev.occ.proof.SlotAllocation;
import dev.occ.testing.Ed25519Check;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests of epochs check again and again. */
public final class EpochChecks {
  static final Bytes DIGEST = Bytes.sha256(new byte[] {1, 2, 3});

  private EpochChecks() {}

  static EpochException assertRefused(ThrowingCallable call, EpochException.Reason reason) {
    EpochException refusal = catchThrowableOfType(EpochException.class, call);
    assertThat(refusal).as("must be refused with %s", reason).isNotNull();
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
    return refusal;
  }

  static Proof commit(Epoch epoch, Slot slot) throws EpochException {
    return epoch.commit(CommitRequest.of(slot.id(), DIGEST));
  }

  static Proof commitOn(Epoch epoch, String chain) throws EpochException {
    return commit(epoch, epoch.allocateSlot(chain));
  }

  /** All of spec 3 to 7 about the proofs of one chain, given in any order. */
  public static void assertSoundChain(Epoch epoch, List<Proof> proofs) throws JsonException {
    Optional<Bytes> head = Optional.empty();
    Counter last = Counter.ZERO;
    List<Proof> inOrder =
        proofs.stream().sorted(Comparator.comparing(EpochChecks::counter)).toList();
    for (Proof proof : inOrder) {
      assertSoundProof(epoch, proof);
      assertThat(proof.commit().prev()).as("link of %s", proof).isEqualTo(head);
      assertThat(counter(proof)).as("counters rise").isGreaterThan(last);
      assertThat(proof.commit().chain()).isEqualTo(inOrder.get(0).commit().chain());
      head = Optional.of(proof.sealedHash());
      last = counter(proof);
    }
  }

  static void assertSoundProof(Epoch epoch, Proof proof) throws JsonException {
    Commit commit = proof.commit();
    SlotAllocation slot = proof.slotAllocation().orElseThrow();
    assertThat(proof.publicKey()).isEqualTo(slot.publicKey()).isEqualTo(epoch.publicKey());
    assertThat(commit.epochId()).contains(slot.epochId()).contains(epoch.id());
    assertThat(commit.nonce()).isEqualTo(slot.nonce());
    assertThat(commit.chainId()).isEqualTo(slot.chainId());
    assertThat(commit.slotCounter()).contains(slot.counter());
    assertThat(slot.counter()).isLessThan(counter(proof));
    assertThat(commit.slotHash()).contains(Bytes.sha256(slot.signedBytes()));
    assertThat(Ed25519Check.verifies(slot.publicKey(), slot.signedBytes(), slot.signature()))
        .isTrue();
    assertThat(Ed25519Check.verifies(proof.publicKey(), proof.signedBytes(), proof.signature()))
        .isTrue();
    assertThat(Proof.read(proof.toBytes())).isEqualTo(proof);
  }

  static Counter counter(Proof proof) {
    return proof.commit().counter().orElseThrow();
  }
}
