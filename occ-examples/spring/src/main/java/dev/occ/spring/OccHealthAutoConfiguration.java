package dev.occ.spring;

import dev.occ.client.OccClient;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * The health indicator {@code occ} for Spring Boot 4.0: up if the OCC server and its enclave are.
 */
@AutoConfiguration(after = OccClientAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnBean(OccClient.class)
public class OccHealthAutoConfiguration {
  /** For Spring. */
  public OccHealthAutoConfiguration() {}

  /**
   * The indicator.
   *
   * @param client the client of the server
   * @return the indicator, which asks the server each time
   */
  @Bean
  @ConditionalOnMissingBean(name = "occHealthIndicator")
  public HealthIndicator occHealthIndicator(OccClient client) {
    return () -> {
      ServerState state = ServerState.of(client);
      Health.Builder health = state.up() ? Health.up() : Health.down();
      return state.detail().isEmpty()
          ? health.build()
          : health.withDetail("error", state.detail()).build();
    };
  }
}
