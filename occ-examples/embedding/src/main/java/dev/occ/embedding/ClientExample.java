package dev.occ.embedding;

import dev.occ.client.CommitOptions;
import dev.occ.client.OccClient;
import dev.occ.client.OccClientException;
import dev.occ.proof.Attribution;
import dev.occ.proof.Proof;
import dev.occ.verifier.VerificationPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a program lets a parent server make proofs. */
public final class ClientExample {
  private ClientExample() {}

  /**
   * Commits files, and keeps what was made when something goes wrong.
   *
   * @param environment has {@code TEE_URL} and {@code OCC_API_KEY}
   * @param pcr0 the measurement of the enclave to trust, 96 hex digits
   * @param files what to prove
   * @return one proof for each file
   * @throws IOException if a file cannot be read
   * @throws OccClientException if not all proofs were made as asked
   */
  public static List<Proof> commit(Map<String, String> environment, String pcr0, List<Path> files)
      throws IOException, OccClientException {
    List<Proof> kept = new ArrayList<>();
    // snippet:commit
    OccClient client =
        OccClient.fromEnvironment(environment).policy(VerificationPolicy.measuredTee(pcr0)).build();
    CommitOptions options =
        CommitOptions.builder().chainId("invoices").attribution(Attribution.of("Ada")).build();
    try {
      kept.addAll(client.commitFiles(files, options));
    } catch (OccClientException e) {
      kept.addAll(e.proofs()); // those of the first files: made, and checked
      throw e;
    }
    // end
    return kept;
  }
}
