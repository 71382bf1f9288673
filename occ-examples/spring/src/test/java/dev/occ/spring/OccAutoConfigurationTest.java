package dev.occ.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.client.OccClient;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.testing.OccServer;
import dev.occ.verifier.ArtifactDigest;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.Rejected;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationPolicy;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class OccAutoConfigurationTest {
  private static final byte[] ARTIFACT = "hello".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  OccVerifierAutoConfiguration.class,
                  OccClientAutoConfiguration.class,
                  OccMetricsAutoConfiguration.class,
                  OccBoot3HealthAutoConfiguration.class));

  @Test
  void context_withoutProperties_hasNoBeans() {
    runner.run(
        context ->
            assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(ProofVerifier.class)
                .doesNotHaveBean(OccClient.class));
  }

  @Test
  void context_withPolicyAndServer_commitsVerifiesAndCounts() throws Exception {
    try (OccServer server = OccServer.start()) {
      Path policy = Files.write(folder.resolve("policy.json"), policyOf(server));
      runner
          .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
          .withPropertyValues(
              "occ.verifier.policy=file:" + policy,
              "occ.client.url=" + server.url(),
              "occ.client.api-key=" + server.apiKey())
          .run(
              context -> {
                assertThat(context).hasNotFailed();
                Proof proof = context.getBean(OccClient.class).commit(Bytes.sha256(ARTIFACT));
                MeteredProofVerifier verifier = context.getBean(MeteredProofVerifier.class);
                byte[] json = proof.json().toBytes();
                assertThat(verifier.verify(json, ArtifactDigest.ofContent(ARTIFACT)))
                    .isInstanceOf(ValidProof.class);
                assertThat(verifier.verify(json, ArtifactDigest.ofContent(new byte[1])))
                    .isInstanceOf(Rejected.class);
                MeterRegistry registry = context.getBean(MeterRegistry.class);
                assertThat(count(registry, "valid", "none")).isEqualTo(1);
                assertThat(count(registry, "rejected", "artifact-mismatch")).isEqualTo(1);
              });
    }
  }

  @Test
  void health_serverThere_isUpAndElseDown() {
    String integrity = "occ.verifier.integrity-only=true";
    String url;
    try (OccServer server = OccServer.start()) {
      url = "occ.client.url=" + server.url();
      runner
          .withPropertyValues(integrity, url)
          .run(c -> assertThat(status(c.getBean(HealthIndicator.class))).isEqualTo("UP"));
    }
    runner
        .withPropertyValues(integrity, url)
        .run(c -> assertThat(status(c.getBean(HealthIndicator.class))).isEqualTo("DOWN"));
  }

  @ParameterizedTest
  @CsvSource({
    "occ.verifier.historical=true, none is set",
    "'occ.verifier.integrity-only=true;occ.verifier.pcr0=00', more than one is set",
    "occ.verifier.pcr0=ABC, 96 lower-case hex digits",
    "occ.verifier.policy=file:/no/such/policy.json, policy.json",
    "occ.client.url=http://127.0.0.1:1, ProofVerifier"
  })
  void context_unusableProperties_endsTheStartWithASentence(String properties, String sentence) {
    runner
        .withPropertyValues(properties.split(";", -1))
        .run(
            context ->
                assertThat(context).hasFailed().getFailure().hasStackTraceContaining(sentence));
  }

  @Test
  void context_beansOfTheApplication_takePrecedence() {
    VerificationPolicy own = VerificationPolicy.integrityOnly();
    runner
        .withBean(VerificationPolicy.class, () -> own)
        .withPropertyValues("occ.verifier.pcr0=" + "0a".repeat(48))
        .run(context -> assertThat(context.getBean(VerificationPolicy.class)).isSameAs(own));
  }

  @Test
  void clientProperties_toString_leavesTheKeyOut() {
    assertThat(
            new OccClientProperties(
                    java.net.URI.create("http://127.0.0.1"),
                    "secret-secret-secret",
                    java.time.Duration.ofSeconds(1),
                    java.time.Duration.ofSeconds(1),
                    false)
                .toString())
        .doesNotContain("secret");
  }

  private static byte[] policyOf(OccServer server) {
    return ("{\"requireSlot\":true,\"allowedPublicKeys\":[\""
            + server.publicKey().toBase64()
            + "\"]}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String status(HealthIndicator indicator) {
    Status status = indicator.health().getStatus();
    return status.getCode();
  }

  private static double count(MeterRegistry registry, String outcome, String reason) {
    return registry
        .get(MeteredProofVerifier.COUNTER)
        .tags("outcome", outcome, "reason", reason)
        .counter()
        .count();
  }
}
