package dev.occ.signer.nitro;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * Draws a secret from two generators, so that it stays secret as long as one of them is good: HKDF
 * (RFC 5869) with SHA-512 over the bytes of both, each longer than the secret.
 *
 * <p>The arrays in here are wiped. Copies inside BouncyCastle's objects cannot be, and stay in the
 * heap, which is inside the enclave, until they are collected.
 */
final class EntropyMixer {
  private static final int CONTRIBUTION_LENGTH = 64;
  private static final byte[] SALT = ascii("dev.occ.signer.nitro");
  private static final byte[] INFO = ascii("occ/1 Ed25519 secret key, NSM and JDK entropy");

  private EntropyMixer() {}

  /** A secret of the given length, at most 64 bytes. */
  static byte[] secret(NsmRandom module, SecureRandom platform, int length) throws NsmException {
    byte[] fromModule = module.bytes(CONTRIBUTION_LENGTH);
    byte[] fromPlatform = new byte[CONTRIBUTION_LENGTH];
    byte[] keyMaterial = new byte[2 * CONTRIBUTION_LENGTH];
    try {
      platform.nextBytes(fromPlatform);
      System.arraycopy(fromModule, 0, keyMaterial, 0, CONTRIBUTION_LENGTH);
      System.arraycopy(fromPlatform, 0, keyMaterial, CONTRIBUTION_LENGTH, CONTRIBUTION_LENGTH);
      return derive(keyMaterial, length);
    } finally {
      Arrays.fill(fromModule, (byte) 0);
      Arrays.fill(fromPlatform, (byte) 0);
      Arrays.fill(keyMaterial, (byte) 0);
    }
  }

  private static byte[] derive(byte[] keyMaterial, int length) {
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA512Digest());
    hkdf.init(new HKDFParameters(keyMaterial, SALT, INFO));
    byte[] secret = new byte[length];
    int written = hkdf.generateBytes(secret, 0, length);
    if (written != length) {
      throw new IllegalStateException("HKDF gave " + written + " bytes of " + length);
    }
    return secret;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
