package dev.occ.examples;

import dev.occ.examples.client.CommitOptions;
import dev.occ.examples.client.OccClient;
import dev.occ.examples.client.OccClientException;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import java.util.List;
import java.util.function.Consumer;

/** A parent server's enclave. A batch whose outcome is unknown is committed again, saying so. */
final class ServerSource implements ProofSource {
  private static final int MAX_REPETITIONS = 2;

  private final OccClient client;
  private final CommitOptions options;
  private final int batchSize;
  private final boolean policyGiven;
  private final Screen screen;

  ServerSource(
      OccClient client, CommitOptions options, int batchSize, boolean policyGiven, Screen screen) {
    this.client = client;
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
  public void commit(List<Bytes> digests, Consumer<Proof> made) throws OccClientException {
    List<Bytes> rest = digests;
    for (int repetitions = 0; ; repetitions++) {
      try {
        client.commit(rest, options).forEach(made);
        return;
      } catch (OccClientException e) {
        e.proofs().forEach(made);
        rest = rest.subList(e.proofs().size(), rest.size());
        if (repetitions == MAX_REPETITIONS || !isWorthRepeating(e)) {
          throw e;
        }
        screen.caution(
            e.getMessage()
                + "; committing "
                + rest.size()
                + " again: the server may have made proofs of them that nobody has");
      }
    }
  }

  private static boolean isWorthRepeating(OccClientException e) {
    return e.mayHaveTakenEffect()
        && switch (e.reason()) {
          case CONNECTION_LOST, TIMEOUT, UNAVAILABLE -> true;
          default -> false;
        };
  }

  @Override
  public List<String> cautions() {
    return policyGiven
        ? List.of()
        : List.of(
            "digest, signature and slot were checked, and nothing about hardware (--pcr0 does)");
  }

  @Override
  public void close() {}
}
