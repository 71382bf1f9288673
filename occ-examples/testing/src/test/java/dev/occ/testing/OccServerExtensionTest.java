package dev.occ.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.client.OccClient;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.verifier.ValidProof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OccServerExtension.class)
class OccServerExtensionTest {
  @Test
  void commit_always_givesAProofUnderTheServersPolicy(OccServer server) throws Exception {
    // snippet:test
    OccClient client =
        OccClient.builder(server.url()).apiKey(server.apiKey()).policy(server.policy()).build();
    Proof proof = client.commit(Bytes.sha256(new byte[] {1, 2, 3}));
    assertThat(server.verifier().verifyProofOnly(proof)).isInstanceOf(ValidProof.class);
    // end
  }

  @Test
  void parameter_inAnotherTest_isAnotherServer(OccServer server) {
    assertThat(server.commitRequests()).isZero();
  }
}
