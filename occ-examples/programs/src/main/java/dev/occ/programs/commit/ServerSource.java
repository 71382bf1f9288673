package dev.occ.programs.commit;

import dev.occ.client.CommitOptions;
import dev.occ.client.OccClient;
import dev.occ.client.OccClientException;
import dev.occ.client.RetryPolicy;
import dev.occ.enclave.program.StopRequest;
import dev.occ.programs.kit.Screen;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.verifier.ValidProof;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A parent server's enclave. A batch whose outcome is unknown is committed again, saying so, after
 * the pause that the server asks for: at once would only meet the same failure.
 */
final class ServerSource implements ProofSource {
  /** Two repetitions, after 1 and 2 s of our own: the longest pauses that this gives. */
  private static final RetryPolicy REPETITIONS =
      new RetryPolicy(
          3, Duration.ofSeconds(1), Duration.ofSeconds(2), RetryPolicy.DEFAULT.maxRetryAfter());

  private final OccClient client;
  private final CommitOptions options;
  private final int batchSize;
  private final boolean policyGiven;
  private final Screen screen;
  private Optional<StopRequest> stop = Optional.empty();
  private Optional<Bytes> key = Optional.empty();

  ServerSource(
      OccClient.Builder client,
      CommitOptions options,
      int batchSize,
      boolean policyGiven,
      Screen screen) {
    this.client = client.waiter(this::pause).build();
    this.options = options;
    this.batchSize = batchSize;
    this.policyGiven = policyGiven;
    this.screen = screen;
  }

  @Override
  public int batchSize() {
    return batchSize;
  }

  @Override
  public void commit(List<Bytes> digests, Consumer<Proof> made, StopRequest stopRequest)
      throws OccClientException {
    stop = Optional.of(stopRequest);
    List<Bytes> rest = digests;
    for (int attempts = 1; ; attempts++) {
      try {
        client.commit(rest, options).forEach(made);
        return;
      } catch (OccClientException e) {
        e.proofs().forEach(made);
        rest = rest.subList(e.proofs().size(), rest.size());
        Optional<Duration> pause = pauseAfter(attempts, e);
        if (pause.isEmpty() || stopRequest.isStopped()) {
          throw e;
        }
        screen.caution(
            e.getMessage()
                + "; committing "
                + rest.size()
                + " again in "
                + pause.get().toSeconds()
                + " s: the server may have made proofs that were lost");
        if (!stopRequest.pause(pause.get())) {
          throw e;
        }
      }
    }
  }

  @Override
  public boolean isSignerOf(ValidProof proof) throws OccClientException {
    if (policyGiven) {
      return true; // it has decided already
    }
    if (key.isEmpty()) {
      key = Optional.of(client.key().publicKey());
    }
    return proof.publicKey().equals(key.get());
  }

  /**
   * The client's own pauses end, too, when the work is to end: it holds proofs that are not written
   * yet, and the process is not waited for as long as a server may ask to wait.
   */
  private boolean pause(Duration pause) throws InterruptedException {
    if (stop.isPresent()) {
      return stop.get().pause(pause);
    }
    Thread.sleep(pause.toMillis()); // nothing is committed yet: the process ends at once
    return true;
  }

  /** Empty if there is to be no other attempt. */
  private static Optional<Duration> pauseAfter(int attempts, OccClientException e) {
    return isWorthRepeating(e)
        ? REPETITIONS.pauseAfter(attempts, e.retryAfter(), 1)
        : Optional.empty();
  }

  private static boolean isWorthRepeating(OccClientException e) {
    return e.mayHaveTakenEffect()
        && switch (e.reason()) {
          case CONNECTION_LOST, TIMEOUT, UNAVAILABLE, SERVER_ERROR -> true;
          default -> false;
        };
  }

  @Override
  public List<String> cautions() {
    return policyGiven
        ? List.of()
        : List.of(
            "digest, signature and slot were checked; nothing is shown about hardware (--pcr0 checks that)");
  }

  @Override
  public void close() {}
}
