package dev.occ.bench;

import dev.occ.bench.ProofParts.Signed;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** BouncyCastle's lightweight API, SHA-384 by the JDK. */
final class BouncyCastleFloor implements Floor {
  private static final int HALF = 48;
  private static final ECDomainParameters P384_DOMAIN = domain();

  private static ECDomainParameters domain() {
    X9ECParameters curve = CustomNamedCurves.getByName("secp384r1");
    return new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
  }

  @Override
  public boolean ed25519(byte[] publicKey, Signed first, Signed second) {
    Ed25519.PublicPoint key = Ed25519.validatePublicKeyPartialExport(publicKey, 0);
    return key != null && verify(key, first) && verify(key, second);
  }

  private static boolean verify(Ed25519.PublicPoint key, Signed signed) {
    return Ed25519.verify(signed.signature(), 0, key, signed.message(), 0, signed.message().length);
  }

  @Override
  public P384 p384(byte[] point) {
    ECPublicKeyParameters key =
        new ECPublicKeyParameters(P384_DOMAIN.getCurve().decodePoint(point), P384_DOMAIN);
    return signed -> verify(key, signed);
  }

  private static boolean verify(ECPublicKeyParameters key, Signed signed)
      throws GeneralSecurityException {
    byte[] signature = signed.signature();
    BigInteger r = new BigInteger(1, Arrays.copyOfRange(signature, 0, HALF));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, HALF, 2 * HALF));
    ECDSASigner verifier = new ECDSASigner();
    verifier.init(false, key);
    byte[] digest = MessageDigest.getInstance("SHA-384").digest(signed.message());
    return verifier.verifySignature(digest, r, s);
  }
}
