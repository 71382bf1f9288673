package dev.occ.verifier.crypto;

import dev.occ.agency.Es256Verifier;
import dev.occ.proof.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;

/** ES256 by BouncyCastle's lightweight API, for the authorizations of actors. Thread-safe. */
final class BouncyCastleEs256 implements Es256Verifier {
  /** Bytes of an uncompressed point: 4, x, y. */
  private static final int POINT_LENGTH = 65;

  private static final ECDomainParameters P256 = p256();

  private static ECDomainParameters p256() {
    X9ECParameters curve = CustomNamedCurves.getByName("secp256r1");
    return new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
  }

  @Override
  public boolean verifies(byte[] key, byte[] message, byte[] signature) {
    byte[] point = Arrays.copyOfRange(key, key.length - POINT_LENGTH, key.length);
    ECDSASigner verifier = new ECDSASigner();
    verifier.init(false, new ECPublicKeyParameters(P256.getCurve().decodePoint(point), P256));
    BigInteger[] pair;
    try {
      pair = StandardDSAEncoding.INSTANCE.decode(P256.getN(), signature);
    } catch (IOException | RuntimeException e) {
      // The decoder reports bad structure with several unchecked exceptions.
      return false;
    }
    return verifier.verifySignature(Bytes.sha256(message).toByteArray(), pair[0], pair[1]);
  }
}
