package dev.occ.epoch;

import static dev.occ.epoch.Authorizing.request;
import static dev.occ.epoch.EpochChecks.DIGEST;
import static dev.occ.epoch.EpochChecks.assertSoundChain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.Authorizing.Batch;
import dev.occ.epoch.EpochException.Reason;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.AgencyDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120) // a deadlock must fail, not hang
class EpochAgencyConcurrencyTest {
  private static final int THREADS = 16;

  private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);
  private Authorizing by;
  private Epoch epoch;

  @BeforeEach
  void open() throws EpochException {
    by = new Authorizing();
    epoch = by.epoch;
  }

  @AfterEach
  void stop() {
    executor.shutdownNow();
    by.close();
  }

  /** What each of some commits that run at once gives: a proof or a reason. */
  private List<Object> atOnce(List<CommitRequest> requests) throws Exception {
    CyclicBarrier start = new CyclicBarrier(requests.size());
    List<Future<Object>> running = new ArrayList<>();
    for (CommitRequest request : requests) {
      Callable<Object> commit =
          () -> {
            start.await();
            try {
              return epoch.commit(request);
            } catch (EpochException e) {
              return e.reason();
            }
          };
      running.add(executor.submit(commit));
    }
    List<Object> results = new ArrayList<>();
    for (Future<Object> one : running) {
      results.add(one.get());
    }
    return results;
  }

  private static List<Proof> proofs(List<Object> results) {
    return results.stream().filter(Proof.class::isInstance).map(Proof.class::cast).toList();
  }

  @RepeatedTest(20)
  void commit_manyWithOneChallenge_exactlyOneWinsAndTheOthersKeepTheirSlots() throws Exception {
    AgencyDraft draft = by.webAuthn(epoch.challenge());
    List<Slot> slots = new ArrayList<>();
    List<CommitRequest> requests = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      slots.add(epoch.allocateSlot());
      requests.add(request(slots.get(i), draft));
    }
    List<Object> results = atOnce(requests);
    List<Proof> made = proofs(results);
    assertThat(made).hasSize(1);
    assertThat(results).filteredOn(Reason.class::isInstance).containsOnly(Reason.CHALLENGE_UNKNOWN);
    assertThat(epoch.pendingSlots()).isEqualTo(THREADS - 1);
  }

  @RepeatedTest(20)
  void commit_manyChallengesForOneSlot_exactlyOneWinsAndTheOthersKeepTheirChallenges()
      throws Exception {
    Slot slot = epoch.allocateSlot();
    List<AgencyDraft> drafts = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      drafts.add(by.direct(epoch.challenge()));
    }
    List<Object> results = atOnce(drafts.stream().map(draft -> request(slot, draft)).toList());
    assertThat(proofs(results)).hasSize(1);
    int again = 0;
    for (AgencyDraft draft : drafts) {
      try {
        assertThat(epoch.commit(request(epoch.allocateSlot(), draft))).isNotNull();
        again++;
      } catch (EpochException e) {
        assertThat(e.reason()).isEqualTo(Reason.CHALLENGE_UNKNOWN);
      }
    }
    assertThat(again).isEqualTo(THREADS - 1);
  }

  @RepeatedTest(10)
  void commit_placesOfABatchTwiceAtOnce_eachIsMadeOnce() throws Exception {
    List<Bytes> digests =
        IntStream.range(0, THREADS / 2 + 1)
            .mapToObj(i -> i == 0 ? DIGEST : Bytes.sha256(new byte[] {(byte) i}))
            .toList();
    Batch batch = by.batch(digests);
    List<Proof> all = new ArrayList<>(List.of(epoch.commit(by.place(batch, 0))));
    List<CommitRequest> requests = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      requests.add(by.place(batch, 1 + i / 2));
    }
    List<Object> results = atOnce(requests);
    all.addAll(proofs(results));
    assertThat(all).extracting(Proof::artifactDigest).containsExactlyInAnyOrderElementsOf(digests);
    assertThat(results)
        .filteredOn(Reason.class::isInstance)
        .hasSize(THREADS / 2)
        // Once the last place is made, the batch is forgotten.
        .allMatch(r -> r == Reason.AGENCY_BATCH_REPEATED || r == Reason.CHALLENGE_UNKNOWN);
    assertSoundChain(epoch, all);
  }

  @Test
  void challenge_flood_givesExactly500() throws Exception {
    Set<Bytes> issued = ConcurrentHashMap.newKeySet();
    AtomicInteger refused = new AtomicInteger();
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Future<?>> running = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      running.add(
          executor.submit(
              () -> {
                start.await();
                for (int i = 0; i < 100; i++) {
                  try {
                    issued.add(epoch.challenge());
                  } catch (EpochException e) {
                    assertThat(e.reason()).isEqualTo(Reason.TOO_MANY_CHALLENGES);
                    refused.incrementAndGet();
                  }
                }
                return null;
              }));
    }
    for (Future<?> one : running) {
      assertThat(one.get()).isNull();
    }
    assertThat(issued).hasSize(500);
    assertThat(refused).hasValue(THREADS * 100 - 500);
  }
}
