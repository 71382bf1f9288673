package dev.occ.embedding;

import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import dev.occ.signer.SignerProvider;
import java.util.Map;

/**
 * Makes {@link JcaSigner} available under the name {@code jca}: this class's name stands in {@code
 * META-INF/services/dev.occ.signer.SignerProvider} (in a JPMS module, {@code provides}). The one
 * option is {@code provider}, the name of an installed JCA provider.
 */
public final class JcaSignerProvider implements SignerProvider {
  private static final String PROVIDER = "provider";
  private static final String DEFAULT_PROVIDER = "SunEC";

  /** For {@link java.util.ServiceLoader}. */
  public JcaSignerProvider() {}

  @Override
  public String name() {
    return "jca";
  }

  @Override
  public Signer open(Map<String, String> options) throws SignerException {
    for (String option : options.keySet()) {
      if (!option.equals(PROVIDER)) {
        throw new SignerException(
            SignerException.Reason.INVALID_CONFIGURATION,
            "the jca signer has no option '" + option + "'");
      }
    }
    return JcaSigner.open(options.getOrDefault(PROVIDER, DEFAULT_PROVIDER));
  }
}
