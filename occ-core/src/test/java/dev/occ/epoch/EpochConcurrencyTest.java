package dev.occ.epoch;

import static dev.occ.epoch.EpochChecks.DIGEST;
import static dev.occ.epoch.EpochChecks.assertSoundChain;
import static dev.occ.epoch.EpochChecks.commit;
import static dev.occ.epoch.EpochChecks.counter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.EpochException.Reason;
import dev.occ.json.JsonException;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.SignerException;
import dev.occ.signer.soft.SoftSigner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120) // a deadlock must fail, not hang
class EpochConcurrencyTest {
  private static final int THREADS = 8;
  private static final int COMMITS = 375;
  private static final List<String> CHAINS = List.of("global", "a", "b");

  private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  /** Runs the same on every thread at once. */
  private <T> List<T> onEveryThread(int threads, Callable<T> task) throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    List<Future<T>> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      running.add(
          executor.submit(
              () -> {
                start.await();
                return task.call();
              }));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> one : running) {
      results.add(one.get());
    }
    return results;
  }

  @Test
  void commit_manyThreadsOnFewChains_makesOneLineOfEach() throws Exception {
    try (Epoch epoch = Epoch.open(SoftSigner.open())) {
      Queue<Slot> slots = new ConcurrentLinkedQueue<>();
      List<List<Proof>> made =
          onEveryThread(
              THREADS,
              () -> {
                List<Proof> proofs = new ArrayList<>();
                for (int i = 0; i < COMMITS; i++) {
                  slots.add(epoch.allocateSlot(CHAINS.get(i % CHAINS.size())));
                  proofs.add(commit(epoch, slots.remove())); // often another thread's slot
                }
                return proofs;
              });
      List<Proof> proofs = made.stream().flatMap(List::stream).toList();
      assertThat(proofs).hasSize(THREADS * COMMITS);
      assertThat(epoch.pendingSlots()).isZero();
      assertThat(proofs.stream().map(proof -> proof.commit().nonce()).distinct())
          .as("no slot was used twice")
          .hasSize(proofs.size());
      assertLines(epoch, proofs);
    }
  }

  private static void assertLines(Epoch epoch, List<Proof> proofs) throws JsonException {
    Map<String, List<Proof>> byChain =
        proofs.stream().collect(Collectors.groupingBy(proof -> proof.commit().chain()));
    assertThat(byChain.keySet()).containsExactlyInAnyOrderElementsOf(CHAINS);
    for (List<Proof> chain : byChain.values()) {
      assertSoundChain(epoch, chain);
      // Every slot was used and nothing failed, so no counter is missing and none doubled.
      assertThat(chain.stream().flatMapToLong(EpochConcurrencyTest::counters).sorted())
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 2L * chain.size()).boxed().toList());
    }
  }

  private static LongStream counters(Proof proof) {
    return Stream.of(counter(proof), proof.commit().slotCounter().orElseThrow())
        .mapToLong(counter -> counter.bits());
  }

  @Test
  void commit_manyThreadsAndAFailingSigner_keepsTheLines() throws Exception {
    ScriptedSigner signer = ScriptedSigner.honest();
    try (Epoch epoch = Epoch.open(signer)) {
      signer.script(
          (call, operation, honest) -> {
            if (call % 7 == 0) {
              throw new SignerException(SignerException.Reason.DEVICE_FAILURE, "scripted");
            }
            return honest;
          });
      List<List<Proof>> made = onEveryThread(THREADS, () -> commitWhatWorks(epoch));
      Map<String, List<Proof>> byChain =
          made.stream()
              .flatMap(List::stream)
              .collect(Collectors.groupingBy(proof -> proof.commit().chain()));
      assertThat(byChain).hasSize(CHAINS.size());
      for (List<Proof> chain : byChain.values()) {
        assertThat(chain).hasSizeBetween(1, THREADS * COMMITS / CHAINS.size());
        assertSoundChain(epoch, chain);
      }
      assertThat(epoch.pendingSlots()).isZero();
    }
  }

  private static List<Proof> commitWhatWorks(Epoch epoch) {
    List<Proof> proofs = new ArrayList<>();
    for (int i = 0; i < COMMITS / 3; i++) {
      try {
        proofs.add(EpochChecks.commitOn(epoch, CHAINS.get(i % CHAINS.size())));
      } catch (EpochException e) {
        assertThat(e.reason()).isEqualTo(Reason.SIGNER_FAILED);
      }
    }
    return proofs;
  }

  @Test
  void commit_twoAtOnceForOneSlot_givesOneProof() throws Exception {
    try (Epoch epoch = Epoch.open(SoftSigner.open())) {
      List<Proof> proofs = new ArrayList<>();
      for (int round = 0; round < 300; round++) {
        Slot slot = epoch.allocateSlot();
        List<Object> outcomes = onEveryThread(2, () -> proofOrReason(epoch, slot));
        assertThat(outcomes).containsOnlyOnce(Reason.SLOT_UNKNOWN);
        outcomes.stream()
            .filter(Proof.class::isInstance)
            .forEach(proof -> proofs.add((Proof) proof));
      }
      assertThat(proofs).hasSize(300);
      assertSoundChain(epoch, proofs);
    }
  }

  private static Object proofOrReason(Epoch epoch, Slot slot) {
    try {
      byte[] own = Thread.currentThread().getName().getBytes(StandardCharsets.UTF_8);
      return epoch.commit(CommitRequest.of(slot.id(), Bytes.sha256(own)));
    } catch (EpochException e) {
      return e.reason();
    }
  }

  @Test
  void allocateSlot_manyThreads_neverExceedsTheBounds() throws Exception {
    EpochOptions options = EpochOptions.builder().maxPendingSlots(50).maxChains(5).build();
    try (Epoch epoch = Epoch.open(SoftSigner.open(), options)) {
      Queue<Reason> refusals = new ConcurrentLinkedQueue<>();
      List<Integer> allocated = onEveryThread(THREADS, () -> allocateAll(epoch, refusals));
      assertThat(allocated.stream().mapToInt(Integer::intValue).sum()).isEqualTo(50);
      assertThat(epoch.pendingSlots()).isEqualTo(50);
      assertThat(epoch.chainCount()).isLessThanOrEqualTo(5);
      assertThat(refusals).containsOnly(Reason.TOO_MANY_SLOTS, Reason.TOO_MANY_CHAINS);
    }
  }

  private static int allocateAll(Epoch epoch, Queue<Reason> refusals) {
    int allocated = 0;
    for (int i = 0; i < 100; i++) {
      try {
        assertThat(epoch.allocateSlot("chain" + i % 7).id()).isNotEqualTo(DIGEST.toBase64());
        allocated++;
      } catch (EpochException e) {
        refusals.add(e.reason());
      }
    }
    return allocated;
  }

  @Test
  void close_whileManyCommit_endsEveryRequestCleanly() throws Exception {
    for (int round = 0; round < 20; round++) {
      Epoch epoch = Epoch.open(SoftSigner.open());
      Queue<Proof> proofs = new ConcurrentLinkedQueue<>();
      List<Reason> ends = onEveryThread(THREADS, () -> commitUntilClosed(epoch, proofs));
      assertThat(ends).containsOnly(Reason.CLOSED);
      assertSoundChain(epoch, List.copyOf(proofs));
    }
  }

  private static Reason commitUntilClosed(Epoch epoch, Queue<Proof> proofs) {
    while (true) {
      try {
        proofs.add(EpochChecks.commitOn(epoch, "global"));
      } catch (EpochException e) {
        return e.reason();
      }
      if (proofs.size() > 30) {
        epoch.close();
      }
    }
  }
}
