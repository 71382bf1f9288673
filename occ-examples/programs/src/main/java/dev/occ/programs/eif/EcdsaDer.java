package dev.occ.programs.eif;

import dev.occ.proof.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SignatureException;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.util.Arrays;
import org.bouncycastle.util.BigIntegers;

/** The two forms of an ECDSA signature: DER (RFC 3279 section 2.2.3), and r and s side by side. */
final class EcdsaDer {
  private EcdsaDer() {}

  /**
   * Reads strict DER.
   *
   * @param scalarLength of r and s each, in bytes
   * @throws SignatureException if it is another form, or a number is too long
   */
  static Bytes toFixedLength(byte[] der, int scalarLength) throws SignatureException {
    if (der.length == 0) {
      throw new SignatureException("the signature is empty");
    }
    try {
      BigInteger bound = BigInteger.ONE.shiftLeft(scalarLength * Byte.SIZE);
      BigInteger[] numbers = StandardDSAEncoding.INSTANCE.decode(bound, der);
      return Bytes.of(
          Arrays.concatenate(
              BigIntegers.asUnsignedByteArray(scalarLength, numbers[0]),
              BigIntegers.asUnsignedByteArray(scalarLength, numbers[1])));
    } catch (IOException | IllegalArgumentException | ClassCastException e) {
      // The last is BouncyCastle's for DER of another type.
      throw new SignatureException("the signature is not ECDSA's in DER", e);
    }
  }
}
