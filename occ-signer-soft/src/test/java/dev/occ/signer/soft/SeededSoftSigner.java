package dev.occ.signer.soft;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Opens soft signers whose key and random bytes follow from a seed, so that a test gives the same
 * proofs at every run. In the test-jar only: a program has no way to open one.
 */
public final class SeededSoftSigner {
  private SeededSoftSigner() {}

  /**
   * A signer with the default measurement.
   *
   * @param seed what key and random bytes follow from
   * @return a signer that the caller must close
   */
  public static SoftSigner open(long seed) {
    return open(seed, SoftSigner.builder());
  }

  /**
   * A signer with other settings.
   *
   * @param seed what key and random bytes follow from
   * @param builder the settings
   * @return a signer that the caller must close
   */
  public static SoftSigner open(long seed, SoftSigner.Builder builder) {
    return new SoftSigner(builder, new SeededEntropy(seed));
  }

  /** SHA-256 in counter mode: plain, the same on every platform, never the same block twice. */
  private static final class SeededEntropy implements Entropy {
    private final long seed;
    private long block;

    SeededEntropy(long seed) {
      this.seed = seed;
    }

    @Override
    public synchronized void fill(byte[] target) {
      for (int offset = 0; offset < target.length; offset += 32) {
        byte[] input = ByteBuffer.allocate(16).putLong(seed).putLong(block).array();
        block++;
        System.arraycopy(sha256(input), 0, target, offset, Math.min(32, target.length - offset));
      }
    }

    private static byte[] sha256(byte[] input) {
      try {
        return MessageDigest.getInstance("SHA-256").digest(input);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }
}
