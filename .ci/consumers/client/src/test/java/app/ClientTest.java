package app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.occ.client.OccClient;
import dev.occ.client.OccClientException;
import dev.occ.client.RetryPolicy;
import dev.occ.proof.Bytes;
import dev.occ.testing.Fault;
import dev.occ.testing.OccServer;
import dev.occ.testing.OccServerExtension;
import dev.occ.verifier.VerifiedProofOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OccServerExtension.class)
class ClientTest {
  @Test
  void commit_always_givesAVerifiedProof(OccServer server) throws Exception {
    OccClient client =
        OccClient.builder(server.url()).apiKey(server.apiKey()).policy(server.policy()).build();
    var proof = client.commit(Bytes.sha256(new byte[] {1}));
    assertInstanceOf(VerifiedProofOnly.class, server.verifier().verifyProofOnly(proof));
  }

  @Test
  void commit_serverBusy_saysSo(OccServer server) {
    server.failNext(Fault.status(503, "busy"));
    OccClient client =
        OccClient.builder(server.url())
            .apiKey(server.apiKey())
            .policy(server.policy())
            .retryPolicy(RetryPolicy.NEVER)
            .build();
    assertThrows(OccClientException.class, () -> client.commit(Bytes.sha256(new byte[] {1})));
    assertEquals(1, server.commitRequests());
  }
}
