package dev.occ.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.client.OccClient;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.verifier.Verified;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OccServerExtension.class)
class OccServerExtensionTest {
  // snippet:test
  @Test
  void commit_always_givesAProofUnderTheServersPolicy(OccServer server) throws Exception {
    OccClient client =
        OccClient.builder(server.url()).apiKey(server.apiKey()).policy(server.policy()).build();
    Proof proof = client.commit(Bytes.sha256(new byte[] {1, 2, 3}));
    assertThat(server.verifier().verify(proof)).isInstanceOf(Verified.class);
  }

  // end

  @Test
  void parameter_inAnotherTest_isAnotherServer(OccServer server) {
    assertThat(server.commitRequests()).isZero();
  }
}
