package dev.occ.verifier.crypto;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;

/** A key as its SubjectPublicKeyInfo (RFC 5280 section 4.1), which any provider can read. */
final class SubjectPublicKey implements PublicKey {
  private static final long serialVersionUID = 1L;

  /** All in front of the 32 bytes of an Ed25519 key (RFC 8410 section 4). */
  private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

  /** All in front of the 97 bytes of a point of secp384r1 (RFC 5480 section 2). */
  private static final byte[] P384 =
      HexFormat.of().parseHex("3076301006072a8648ce3d020106052b81040022036200");

  /** The algorithm's name in Java; part of the serialized form. */
  private final String algorithm;

  /** DER; part of the serialized form. */
  private final byte[] encoded;

  SubjectPublicKey(String algorithm, byte[] encoded) {
    this.algorithm = algorithm;
    this.encoded = encoded.clone();
  }

  static byte[] ed25519(byte[] key) {
    return join(ED25519, key);
  }

  static byte[] p384(byte[] point) {
    return join(P384, point);
  }

  private static byte[] join(byte[] prefix, byte[] rest) {
    byte[] joined = Arrays.copyOf(prefix, prefix.length + rest.length);
    System.arraycopy(rest, 0, joined, prefix.length, rest.length);
    return joined;
  }

  @Override
  public String getAlgorithm() {
    return algorithm;
  }

  @Override
  public String getFormat() {
    return "X.509";
  }

  @Override
  public byte[] getEncoded() {
    return encoded.clone();
  }
}
