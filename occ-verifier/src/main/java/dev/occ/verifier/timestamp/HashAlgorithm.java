package dev.occ.verifier.timestamp;

import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;

/** The hash functions that imprints and signatures are made with. */
enum HashAlgorithm {
  SHA_256("SHA-256", 32, NISTObjectIdentifiers.id_sha256),
  SHA_384("SHA-384", 48, NISTObjectIdentifiers.id_sha384),
  SHA_512("SHA-512", 64, NISTObjectIdentifiers.id_sha512);

  private final String label;
  private final int length;
  private final String oid;

  HashAlgorithm(String label, int length, ASN1ObjectIdentifier oid) {
    this.label = label;
    this.length = length;
    this.oid = oid.getId();
  }

  /** The one with this object identifier. */
  static Optional<HashAlgorithm> of(ASN1ObjectIdentifier oid) {
    for (HashAlgorithm algorithm : values()) {
      if (algorithm.oid.equals(oid.getId())) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /** The one whose digests have this many bytes; no two have the same length. */
  static Optional<HashAlgorithm> ofLength(int length) {
    for (HashAlgorithm algorithm : values()) {
      if (algorithm.length == length) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /** The name in texts. */
  String label() {
    return label;
  }

  int length() {
    return length;
  }

  ASN1ObjectIdentifier oid() {
    return new ASN1ObjectIdentifier(oid);
  }

  /** A fresh digest. */
  Digest newDigest() {
    return switch (this) {
      case SHA_256 -> new SHA256Digest();
      case SHA_384 -> new SHA384Digest();
      case SHA_512 -> new SHA512Digest();
    };
  }

  /** The digest of a content. */
  byte[] digest(byte[] content) {
    Digest digest = newDigest();
    digest.update(content, 0, content.length);
    byte[] value = new byte[length];
    digest.doFinal(value, 0);
    return value;
  }
}
