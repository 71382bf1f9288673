package dev.occ.spring;

import dev.occ.verifier.ProofVerifier;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** A {@link MeteredProofVerifier} where the application has Micrometer and a verifier. */
@AutoConfiguration(
    after = OccVerifierAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
    })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({MeterRegistry.class, ProofVerifier.class})
public class OccMetricsAutoConfiguration {
  /** For Spring. */
  public OccMetricsAutoConfiguration() {}

  /**
   * The verifier that counts.
   *
   * @param verifier the application's verifier
   * @param registry where the counters are
   * @return the verifier
   */
  @Bean
  @ConditionalOnMissingBean
  public MeteredProofVerifier occMeteredProofVerifier(
      ProofVerifier verifier, MeterRegistry registry) {
    return new MeteredProofVerifier(verifier, registry);
  }
}
