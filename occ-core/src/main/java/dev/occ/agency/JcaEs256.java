package dev.occ.agency;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Objects;

/**
 * ES256 by a named security provider.
 *
 * <p>JDKs since 17.0.3 refuse valid signatures whose point has an x-coordinate of at least n, the
 * order of the curve. Two test vectors of Wycheproof are of that kind; the chance that an honest
 * signer makes one is 2^-128.
 */
final class JcaEs256 implements Es256Verifier {
  private static final String JDK_PROVIDER = "SunEC";
  private static final String ALGORITHM = "SHA256withECDSA";

  private final Provider provider;

  private JcaEs256(Provider provider) {
    this.provider = provider;
  }

  static JcaEs256 ofJdk() {
    Provider provider = Security.getProvider(JDK_PROVIDER);
    if (provider == null) {
      throw new IllegalStateException(
          "this Java runtime has no elliptic curves; jlink needs --add-modules jdk.crypto.ec");
    }
    return of(provider);
  }

  static JcaEs256 of(Provider provider) {
    Objects.requireNonNull(provider, "provider");
    if (provider.getService("Signature", ALGORITHM) == null
        || provider.getService("KeyFactory", "EC") == null) {
      throw new IllegalArgumentException("provider " + provider.getName() + " has no ECDSA");
    }
    return new JcaEs256(provider);
  }

  @Override
  public boolean verifies(byte[] key, byte[] message, byte[] signature) {
    try {
      PublicKey publicKey =
          KeyFactory.getInstance("EC", provider).generatePublic(new X509EncodedKeySpec(key));
      Signature verifier = Signature.getInstance(ALGORITHM, provider);
      verifier.initVerify(publicKey);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      return false; // how some providers say that well-formed numbers are no signature
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the provider refuses a valid key of P-256", e);
    }
  }
}
