package dev.occ.testing;

import dev.occ.proof.Bytes;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Whether a signature holds, by BouncyCastle's low-level function, which the signer does not use.
 */
public final class Ed25519Check {
  private Ed25519Check() {}

  public static boolean verifies(Bytes publicKey, byte[] message, Bytes signature) {
    return signature.size() == Ed25519.SIGNATURE_SIZE
        && Ed25519.verify(
            signature.toByteArray(), 0, publicKey.toByteArray(), 0, message, 0, message.length);
  }
}
