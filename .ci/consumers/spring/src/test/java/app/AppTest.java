package app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.client.OccClient;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.spring.MeteredProofVerifier;
import dev.occ.testing.OccServer;
import dev.occ.verifier.ArtifactDigest;
import dev.occ.verifier.Rejected;
import dev.occ.verifier.Verified;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest
class AppTest {
  private static final OccServer SERVER = OccServer.start();

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("occ.verifier.integrity-only", () -> "true");
    registry.add("occ.client.url", () -> SERVER.url().toString());
    registry.add("occ.client.api-key", SERVER::apiKey);
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void context_withStarter_commitsVerifiesAndCounts(
      @Autowired OccClient client,
      @Autowired MeteredProofVerifier verifier,
      @Autowired MeterRegistry registry,
      @Autowired ApplicationContext context)
      throws Exception {
    byte[] artifact = {1, 2, 3};
    Proof proof = client.commit(Bytes.sha256(artifact));
    assertThat(verifier.verify(proof.toBytes(), ArtifactDigest.ofContent(artifact)))
        .isInstanceOf(Verified.class);
    assertThat(verifier.verify(proof.toBytes(), ArtifactDigest.ofContent(new byte[1])))
        .isInstanceOf(Rejected.class);
    assertThat(registry.get(MeteredProofVerifier.COUNTER).counters()).hasSize(2);
    // Spring Boot 3.5 and 4.0 have the type Health in different packages.
    Object indicator = context.getBean("occHealthIndicator");
    Object health = indicator.getClass().getInterfaces()[0].getMethod("health").invoke(indicator);
    assertThat(health.getClass().getMethod("getStatus").invoke(health)).hasToString("UP");
  }
}
