package dev.occ.agency;

import dev.occ.proof.Bytes;
import java.math.BigInteger;

/**
 * An {@code ECDSA-Sig-Value} (RFC 3279 section 2.2.3) for P-256 in DER (ITU-T X.690), nothing else:
 * shortest lengths and numbers, both from 1 to n-1, no byte after them. Implementations differ in
 * what else they let through, and some have let zeros through (CVE-2022-21449).
 */
final class EcdsaSignature {
  /** Two numbers of 33 bytes with their tags and lengths, and those of the sequence. */
  private static final int MAX_LENGTH = 72;

  private static final byte SEQUENCE = 0x30;
  private static final byte INTEGER = 0x02;
  private static final int MAX_NUMBER_LENGTH = 33;

  /** The order of the curve (NIST SP 800-186 section 3.2.1.3). */
  private static final BigInteger N =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private final byte[] der;

  private EcdsaSignature(byte[] der) {
    this.der = der;
  }

  static EcdsaSignature read(Bytes signature) throws AgencyException {
    if (signature.size() > MAX_LENGTH) {
      throw malformed("is longer than " + MAX_LENGTH + " bytes");
    }
    byte[] der = signature.toByteArray();
    // All lengths are below 128, so each is one byte, and a longer form is not DER.
    if (der.length < 2 || der[0] != SEQUENCE || der[1] != der.length - 2) {
      throw malformed("is not one DER sequence");
    }
    checkNumber(der, 2);
    int second = 4 + der[3];
    checkNumber(der, second);
    if (second + 2 + der[second + 1] != der.length) {
      throw malformed("goes on after its two numbers");
    }
    return new EcdsaSignature(der);
  }

  /** The checked form; not to be changed. */
  byte[] der() {
    return der;
  }

  /** Checks the number whose tag stands at an index. */
  private static void checkNumber(byte[] der, int start) throws AgencyException {
    if (der.length - start < 2 || der[start] != INTEGER) {
      throw malformed("does not hold two numbers");
    }
    int length = der[start + 1];
    int from = start + 2;
    if (length < 1 || length > MAX_NUMBER_LENGTH || length > der.length - from) {
      throw malformed("holds a number of impossible length");
    }
    if (length > 1 && der[from] == 0 && der[from + 1] >= 0) {
      throw malformed("holds a number with a needless zero");
    }
    BigInteger number = new BigInteger(der, from, length);
    if (number.signum() <= 0 || number.compareTo(N) >= 0) {
      throw malformed("holds a number outside the curve's order");
    }
  }

  private static AgencyException malformed(String problem) {
    return new AgencyException(
        AgencyRejection.SIGNATURE_MALFORMED, "the actor's signature " + problem);
  }
}
