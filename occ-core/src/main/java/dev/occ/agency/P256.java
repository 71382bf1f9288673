package dev.occ.agency;

import dev.occ.proof.Bytes;
import java.math.BigInteger;
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
 * ECDSA over P-256 with SHA-256 (FIPS 186-5) by a named provider. It is given only keys and
 * signatures whose form was checked here, so that what providers let through does not matter.
 */
final class P256 {
  private static final String JDK_PROVIDER = "SunEC";
  private static final String ALGORITHM = "SHA256withECDSA";

  /**
   * Of an r below this there are two x-coordinates, r and r + n. JDKs since 17.0.3 know only the
   * first; no honest signer will ever meet one, but the standard counts them as valid.
   */
  private static final BigInteger AMBIGUOUS = P256Curve.P.subtract(P256Curve.N);

  private final Provider provider;

  private P256(Provider provider) {
    this.provider = provider;
  }

  static P256 ofJdk() {
    Provider provider = Security.getProvider(JDK_PROVIDER);
    if (provider == null) {
      throw new IllegalStateException(
          "this Java runtime has no elliptic curves; jlink needs --add-modules jdk.crypto.ec");
    }
    return of(provider);
  }

  static P256 of(Provider provider) {
    Objects.requireNonNull(provider, "provider");
    if (provider.getService("Signature", ALGORITHM) == null
        || provider.getService("KeyFactory", "EC") == null) {
      throw new IllegalArgumentException("provider " + provider.getName() + " has no ECDSA");
    }
    return new P256(provider);
  }

  boolean verifies(P256Key key, byte[] message, EcdsaSignature signature) {
    if (signature.r().compareTo(AMBIGUOUS) < 0) {
      BigInteger digest = new BigInteger(1, Bytes.sha256(message).toByteArray());
      return P256Curve.verifies(key.point(), digest, signature.r(), signature.s());
    }
    return verifiesByProvider(key, message, signature);
  }

  private boolean verifiesByProvider(P256Key key, byte[] message, EcdsaSignature signature) {
    try {
      PublicKey publicKey =
          KeyFactory.getInstance("EC", provider).generatePublic(new X509EncodedKeySpec(key.der()));
      Signature verifier = Signature.getInstance(ALGORITHM, provider);
      verifier.initVerify(publicKey);
      verifier.update(message);
      return verifier.verify(signature.der());
    } catch (SignatureException e) {
      return false; // how some providers say that well-formed numbers are no signature
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the provider refuses a valid key of P-256", e);
    }
  }
}
