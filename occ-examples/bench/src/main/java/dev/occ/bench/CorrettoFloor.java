package dev.occ.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.occ.bench.ProofParts.Signed;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Amazon Corretto Crypto Provider, its objects made once and used again. */
final class CorrettoFloor implements Floor {
  private static final Provider PROVIDER = AmazonCorrettoCryptoProvider.INSTANCE;

  /** What stands before the point in a SubjectPublicKeyInfo (RFC 8410, RFC 5480). */
  private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final byte[] P384_PREFIX =
      HexFormat.of().parseHex("3076301006072a8648ce3d020106052b81040022036200");

  private final Signature ed25519 = signature("Ed25519");
  private final KeyFactory ed25519Keys = keyFactory("Ed25519");
  private final KeyFactory p384Keys = keyFactory("EC");

  private static Signature signature(String algorithm) {
    try {
      return Signature.getInstance(algorithm, PROVIDER);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Corretto has no " + algorithm, e);
    }
  }

  /** Corretto leaves the key factory of Ed25519 to the JDK unless a system property says so. */
  private static KeyFactory keyFactory(String algorithm) {
    try {
      return PROVIDER.getService("KeyFactory", algorithm) == null
          ? KeyFactory.getInstance(algorithm)
          : KeyFactory.getInstance(algorithm, PROVIDER);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no keys for " + algorithm, e);
    }
  }

  private static PublicKey key(KeyFactory keys, byte[] prefix, byte[] point)
      throws GeneralSecurityException {
    ByteArrayOutputStream info = new ByteArrayOutputStream(prefix.length + point.length);
    info.writeBytes(prefix);
    info.writeBytes(point);
    return keys.generatePublic(new X509EncodedKeySpec(info.toByteArray()));
  }

  @Override
  public boolean ed25519(byte[] publicKey, Signed first, Signed second)
      throws GeneralSecurityException {
    ed25519.initVerify(key(ed25519Keys, ED25519_PREFIX, publicKey));
    return verify(ed25519, first) && verify(ed25519, second);
  }

  @Override
  public P384 p384(byte[] point) throws GeneralSecurityException {
    Signature verifier = signature("SHA384withECDSAinP1363Format");
    verifier.initVerify(key(p384Keys, P384_PREFIX, point));
    return signed -> verify(verifier, signed);
  }

  private static boolean verify(Signature verifier, Signed signed) throws GeneralSecurityException {
    verifier.update(signed.message());
    return verifier.verify(signed.signature());
  }
}
