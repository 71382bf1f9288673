package dev.occ.embedding.pkcs11;

import dev.occ.signer.Signer;
import dev.occ.signer.SignerException;
import dev.occ.signer.SignerProvider;
import java.util.Map;

/**
 * Opens signers whose key is inside a PKCS#11 token, under the name {@code pkcs11}. This class's
 * name stands in {@code META-INF/services/dev.occ.signer.SignerProvider}.
 *
 * <p>Options, and the environment variables that count where they are not given:
 *
 * <ul>
 *   <li>{@code module}, {@code OCC_PKCS11_MODULE}: the native library's file; required.
 *   <li>{@code token}, {@code OCC_PKCS11_TOKEN}: the token's label. Or {@code slot}, {@code
 *       OCC_PKCS11_SLOT}: the slot's number, decimal. Neither is needed if there is one token.
 *   <li>{@code pinFile}, {@code OCC_PKCS11_PIN_FILE}: a file with the user's PIN. Or {@code
 *       OCC_PKCS11_PIN}: the PIN. No option holds the PIN, because others can see a command line.
 *   <li>{@code allowSoftware}: {@code true} accepts a token in a slot that does not claim to be
 *       hardware, as SoftHSM's. For tests only: proofs say tier {@code hw-key} all the same.
 * </ul>
 */
public final class Pkcs11SignerProvider implements SignerProvider {
  private static final String NAME = "pkcs11";

  private final Map<String, String> environment;

  /** For {@link java.util.ServiceLoader}. */
  public Pkcs11SignerProvider() {
    this(System.getenv());
  }

  /** With another environment, for tests. */
  Pkcs11SignerProvider(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  // snippet:provider
  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Signer open(Map<String, String> options) throws SignerException {
    return Pkcs11Signer.open(
        Pkcs11SignerOptions.parse(options, environment), ModuleRegistry.ofProcess());
  }
  // end
}
