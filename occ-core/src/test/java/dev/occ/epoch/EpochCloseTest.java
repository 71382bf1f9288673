package dev.occ.epoch;

import static dev.occ.epoch.EpochChecks.assertRefused;
import static dev.occ.epoch.EpochChecks.assertSoundChain;
import static dev.occ.epoch.EpochChecks.commit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.EpochException.Reason;
import dev.occ.proof.Proof;
import dev.occ.signer.EnforcementTier;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EpochCloseTest {
  @Test
  void close_always_failsEveryLaterRequestAndKeepsAnswering() throws Exception {
    ScriptedSigner signer = ScriptedSigner.honest();
    Epoch epoch = Epoch.open(signer);
    Slot slot = epoch.allocateSlot("c");
    String id = epoch.id();
    assertThat(epoch.isClosed()).isFalse();
    epoch.close();
    assertRefused(epoch::allocateSlot, Reason.CLOSED);
    assertRefused(() -> epoch.allocateSlot("c"), Reason.CLOSED);
    assertRefused(() -> epoch.allocateSlot(""), Reason.CLOSED);
    assertRefused(() -> commit(epoch, slot), Reason.CLOSED);
    assertThat(epoch.id()).isEqualTo(id);
    assertThat(epoch.publicKey()).isEqualTo(slot.allocation().publicKey());
    assertThat(epoch.enforcement()).isEqualTo(EnforcementTier.HW_KEY);
    assertThat(epoch.measurement()).isEqualTo("scripted \u20ac");
    assertThat(epoch.pendingSlots()).isEqualTo(1);
    assertThat(epoch.chainCount()).isEqualTo(1);
    assertThat(epoch.isClosed()).isTrue();
    int calls = signer.calls();
    epoch.close();
    epoch.close();
    assertThat(signer.closings()).as("the signer is closed once").isEqualTo(1);
    assertThat(signer.calls()).as("and not asked any more").isEqualTo(calls);
  }

  @Test
  @Timeout(30) // a lock that is taken the wrong way round waits for ever
  void close_whileACommitSigns_waitsForItAndFailsTheNext() throws Exception {
    CountDownLatch signing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ScriptedSigner signer = ScriptedSigner.honest();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Epoch epoch = Epoch.open(signer);
      Slot slot = epoch.allocateSlot();
      Slot later = epoch.allocateSlot();
      signer.script(
          (call, operation, honest) -> {
            signing.countDown();
            await(goOn);
            assertThat(signer.closings()).as("closed under a running commit").isZero();
            return honest;
          });
      Future<Proof> running = executor.submit(() -> commit(epoch, slot));
      await(signing);
      Thread closing = new Thread(epoch::close, "closing");
      closing.start();
      awaitParked(closing);
      goOn.countDown();
      assertSoundChain(epoch, List.of(running.get()));
      closing.join();
      assertThat(signer.closings()).isEqualTo(1);
      assertRefused(() -> commit(epoch, later), Reason.CLOSED);
    } finally {
      goOn.countDown();
      executor.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private static void awaitParked(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      assertThat(thread.isAlive()).as("close must wait").isTrue();
      Thread.onSpinWait();
    }
  }
}
