package dev.occ.epoch;

import static dev.occ.epoch.EpochChecks.assertRefused;
import static dev.occ.epoch.EpochChecks.assertSoundChain;
import static dev.occ.epoch.EpochChecks.commit;
import static dev.occ.epoch.EpochChecks.commitOn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.EpochException.Reason;
import dev.occ.epoch.ScriptedSigner.Operation;
import dev.occ.epoch.ScriptedSigner.Script;
import dev.occ.proof.Proof;
import dev.occ.signer.SignerException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a signer does wrong, and whenever: the chains stay sound. */
class EpochSignerFailureTest {
  private static final List<String> CHAINS = List.of("global", "other");
  private static final int ROUNDS = 4;

  /** How one call of a signer goes wrong. */
  enum Fault {
    CHECKED,
    UNCHECKED,
    NULL,
    EMPTY,
    TOO_LONG;

    byte[] apply(Operation operation, byte[] honest) throws SignerException {
      return switch (this) {
        case CHECKED ->
            throw new SignerException(SignerException.Reason.DEVICE_FAILURE, "scripted");
        case UNCHECKED -> throw new UnsupportedOperationException("scripted");
        case NULL -> nothing();
        case EMPTY -> new byte[0];
        case TOO_LONG ->
            new byte
                [operation == Operation.ATTEST
                    ? EpochSigner.MAX_REPORT_LENGTH + 1
                    : honest.length + 1];
      };
    }

    @SuppressWarnings("NullAway") // what a third party's signer might do against its contract
    private static byte[] nothing() {
      return null;
    }

    Script atCall(int n) {
      return (call, operation, honest) -> call == n ? apply(operation, honest) : honest;
    }
  }

  @ParameterizedTest
  @EnumSource
  void open_signerFailsAtAnyCall_closesTheSigner(Fault fault) {
    for (int n = 0; n < callsToOpen(); n++) {
      ScriptedSigner signer = new ScriptedSigner(fault.atCall(n));
      EpochException e = assertRefused(() -> Epoch.open(signer), Reason.SIGNER_FAILED);
      assertThat(signer.closings()).as("call %s", n).isEqualTo(1);
      assertThat(e.getCause() != null)
          .isEqualTo(fault == Fault.CHECKED || fault == Fault.UNCHECKED);
    }
  }

  private static int callsToOpen() {
    return 2; // public key and boot nonce; the run below checks the number
  }

  @ParameterizedTest
  @EnumSource
  void run_signerFailsAtAnyCall_chainsStaySound(Fault fault) throws Exception {
    int calls = run(ScriptedSigner.honest(), 0);
    assertThat(calls).isEqualTo(callsToOpen() + ROUNDS * CHAINS.size() * 4);
    for (int n = callsToOpen(); n < calls; n++) {
      assertThat(run(new ScriptedSigner(fault.atCall(n)), 1)).isGreaterThan(calls);
    }
  }

  /** Makes proofs on two chains, repeating what failed; gives the number of calls it took. */
  private static int run(ScriptedSigner signer, int expectedFailures) throws Exception {
    int failures = 0;
    try (Epoch epoch = Epoch.open(signer)) {
      for (String chain : CHAINS) {
        List<Proof> proofs = new ArrayList<>();
        while (proofs.size() < ROUNDS) {
          failures += oneRound(epoch, chain, proofs);
        }
        assertSoundChain(epoch, proofs);
      }
      assertThat(failures).isEqualTo(expectedFailures);
      assertThat(epoch.pendingSlots()).isZero();
      assertThat(epoch.chainCount()).isEqualTo(CHAINS.size());
      assertThat(signer.closings()).isZero();
      return signer.calls();
    }
  }

  /** A slot and its commit; gives how many of the two failed. */
  private static int oneRound(Epoch epoch, String chain, List<Proof> proofs) {
    Slot slot;
    try {
      slot = epoch.allocateSlot(chain);
    } catch (EpochException e) {
      assertThat(e.reason()).isEqualTo(Reason.SIGNER_FAILED);
      assertThat(epoch.pendingSlots()).as("no slot, no reservation").isZero();
      return 1;
    }
    try {
      proofs.add(commit(epoch, slot));
      return 0;
    } catch (EpochException e) {
      assertThat(e.reason()).isEqualTo(Reason.SIGNER_FAILED);
      assertRefused(() -> commit(epoch, slot), Reason.SLOT_UNKNOWN);
      return 1;
    }
  }

  @Test
  void allocateSlot_signerFailsManyTimes_losesNoPlace() throws Exception {
    ScriptedSigner signer = ScriptedSigner.honest();
    EpochOptions options = EpochOptions.builder().maxPendingSlots(2).build();
    try (Epoch epoch = Epoch.open(signer, options)) {
      signer.script((call, operation, honest) -> Fault.CHECKED.apply(operation, honest));
      for (int i = 0; i < 10; i++) {
        assertRefused(epoch::allocateSlot, Reason.SIGNER_FAILED);
      }
      signer.script(ScriptedSigner.HONEST);
      List<Slot> slots = List.of(epoch.allocateSlot(), epoch.allocateSlot());
      assertThat(slots).doesNotHaveDuplicates();
    }
  }

  @Test
  void commit_signerFails_keepsTheCause() throws Exception {
    ScriptedSigner signer = ScriptedSigner.honest();
    try (Epoch epoch = Epoch.open(signer)) {
      Slot slot = epoch.allocateSlot();
      signer.script((call, operation, honest) -> Fault.CHECKED.apply(operation, honest));
      assertThat(assertRefused(() -> commit(epoch, slot), Reason.SIGNER_FAILED))
          .hasCauseExactlyInstanceOf(SignerException.class);
    }
  }

  @Test
  void commit_attestationFails_signsNothing() throws Exception {
    List<Operation> operations = new ArrayList<>();
    ScriptedSigner signer = ScriptedSigner.honest();
    try (Epoch epoch = Epoch.open(signer)) {
      Slot slot = epoch.allocateSlot();
      signer.script(
          (call, operation, honest) -> {
            operations.add(operation);
            return Fault.UNCHECKED.apply(operation, honest);
          });
      assertRefused(() -> commit(epoch, slot), Reason.SIGNER_FAILED);
      assertThat(operations).containsExactly(Operation.ATTEST);
    }
  }

  @Test
  void commit_signerCallsBackIntoItsChain_isRefusedWithoutAFork() throws Exception {
    ScriptedSigner signer = ScriptedSigner.honest();
    try (Epoch epoch = Epoch.open(signer)) {
      Slot outer = epoch.allocateSlot();
      Slot inner = epoch.allocateSlot();
      signer.script((call, operation, honest) -> callBack(epoch, inner, honest));
      assertThat(assertRefused(() -> commit(epoch, outer), Reason.SIGNER_FAILED))
          .hasCauseExactlyInstanceOf(IllegalStateException.class);
      signer.script(ScriptedSigner.HONEST);
      assertSoundChain(epoch, List.of(commitOn(epoch, "global"), commitOn(epoch, "global")));
    }
  }

  private static byte[] callBack(Epoch epoch, Slot slot, byte[] honest) {
    try {
      assertThat(commit(epoch, slot)).isNotNull();
      return honest;
    } catch (EpochException e) {
      throw new AssertionError("refused in another way than expected", e);
    }
  }

  @Test
  void close_calledByTheSignerWithinARequest_isRefusedInsteadOfWaitingForItself() throws Exception {
    ScriptedSigner signer = ScriptedSigner.honest();
    try (Epoch epoch = Epoch.open(signer)) {
      signer.script(
          (call, operation, honest) -> {
            close(epoch);
            return honest;
          });
      assertThat(assertRefused(epoch::allocateSlot, Reason.SIGNER_FAILED))
          .hasCauseExactlyInstanceOf(IllegalStateException.class);
      signer.script(ScriptedSigner.HONEST);
      assertSoundChain(epoch, List.of(commitOn(epoch, "global")));
    }
  }

  private static void close(Epoch epoch) {
    epoch.close();
  }

  @Test
  void commit_signerChangesItsArraysLater_leavesTheProofAlone() throws Exception {
    List<byte[]> given = new ArrayList<>();
    ScriptedSigner signer =
        new ScriptedSigner(
            (call, operation, honest) -> {
              given.add(honest);
              return honest;
            });
    try (Epoch epoch = Epoch.open(signer)) {
      Proof proof = commitOn(epoch, "global");
      given.forEach(array -> Arrays.fill(array, (byte) 0));
      assertSoundChain(epoch, List.of(proof));
    }
  }
}
