package dev.occ.signer.soft;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import dev.occ.signer.SignerProvider;
import java.util.Map;

/**
 * Opens {@link SoftSigner}s by the name {@code soft}. The one option is {@code measurement}, the
 * text that the signer states as its measurement.
 */
@CheckReturnValue
public final class SoftSignerProvider implements SignerProvider {
  private static final String MEASUREMENT = "measurement";

  /** For {@link java.util.ServiceLoader}. */
  public SoftSignerProvider() {}

  @Override
  public String name() {
    return "soft";
  }

  @Override
  public Signer open(Map<String, String> options) throws SignerException {
    SoftSigner.Builder builder = SoftSigner.builder();
    for (Map.Entry<String, String> option : options.entrySet()) {
      if (!option.getKey().equals(MEASUREMENT)) {
        throw new SignerException(
            SignerException.Reason.INVALID_CONFIGURATION,
            "the soft signer has no option '" + option.getKey() + "'");
      }
      try {
        builder.measurement(option.getValue());
      } catch (IllegalArgumentException e) {
        throw new SignerException(
            SignerException.Reason.INVALID_CONFIGURATION,
            "option '" + MEASUREMENT + "' is not usable",
            e);
      }
    }
    return builder.open();
  }
}
