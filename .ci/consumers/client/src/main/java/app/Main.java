package app;

import dev.occ.client.OccClient;
import dev.occ.client.OccClientException;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.testing.OccServer;
import dev.occ.verifier.VerifiedProofOnly;

/** Commits against the test server, each a module, and verifies what came back. */
public final class Main {
  private Main() {}

  /**
   * Runs.
   *
   * @param args none
   * @throws OccClientException if the server does not give a proof that holds
   */
  public static void main(String[] args) throws OccClientException {
    try (OccServer server = OccServer.start()) {
      OccClient client =
          OccClient.builder(server.url()).apiKey(server.apiKey()).policy(server.policy()).build();
      Proof proof = client.commit(Bytes.sha256(new byte[] {1}));
      if (!(server.verifier().verifyProofOnly(proof) instanceof VerifiedProofOnly)) {
        throw new IllegalStateException("the proof does not verify");
      }
    }
    System.out.println("committed, module " + OccClient.class.getModule().getName());
  }
}
