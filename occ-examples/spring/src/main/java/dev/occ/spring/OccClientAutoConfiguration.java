package dev.occ.spring;

import dev.occ.client.OccClient;
import dev.occ.verifier.ProofVerifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * An {@link OccClient} from {@code occ.client.*}. It hands over only proofs that the application's
 * {@link ProofVerifier} accepts, so {@code occ.client.url} without a verifier ends the start.
 */
@AutoConfiguration(after = OccVerifierAutoConfiguration.class)
@ConditionalOnProperty("occ.client.url")
@EnableConfigurationProperties(OccClientProperties.class)
public class OccClientAutoConfiguration {
  /** For Spring. */
  public OccClientAutoConfiguration() {}

  /**
   * The client.
   *
   * @param properties {@code occ.client.*}
   * @param verifier what proofs must fulfil
   * @return the client; safe for use by many threads
   */
  @Bean
  @ConditionalOnMissingBean
  public OccClient occClient(OccClientProperties properties, ProofVerifier verifier) {
    OccClient.Builder client =
        OccClient.builder(properties.url())
            .verifier(verifier)
            .connectTimeout(properties.connectTimeout())
            .requestTimeout(properties.requestTimeout());
    String apiKey = properties.apiKey();
    if (apiKey != null) {
      client.apiKey(apiKey);
    }
    if (properties.allowPlainHttp()) {
      client.allowPlainHttp();
    }
    return client.build();
  }
}
