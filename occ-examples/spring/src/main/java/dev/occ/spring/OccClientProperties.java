package dev.occ.spring;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The client of an OCC server.
 *
 * @param url the server's address
 * @param apiKey the API key; without one, only calls that need none work
 * @param connectTimeout how long connecting may take
 * @param requestTimeout how long one request may take, its answer included
 * @param allowPlainHttp whether {@code http} to other machines is allowed
 */
@ConfigurationProperties("occ.client")
public record OccClientProperties(
    URI url,
    @Nullable String apiKey,
    @DefaultValue("10s") Duration connectTimeout,
    @DefaultValue("60s") Duration requestTimeout,
    @DefaultValue("false") boolean allowPlainHttp) {
  /** The key is left out. */
  @Override
  public String toString() {
    return "OccClientProperties[url=" + url + "]";
  }
}
