package dev.occ.verifier.timestamp;

import static dev.occ.verifier.timestamp.TimestampRejection.SIGNATURE_ALGORITHM;

import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an RSA-PSS signature (RFC 4055 section 3.1): MGF1 with the hash of the
 * signature, and a salt of 20 bytes, which is the default, or more. Absent parameters stand for
 * SHA-1, which is not accepted.
 *
 * @param hash of message and mask
 * @param saltLength in bytes
 */
record PssParameters(HashAlgorithm hash, int saltLength) {
  private static final int MIN_SALT = 20;
  private static final int MAX_SALT = 512;
  private static final byte TRAILER = (byte) 0xBC;

  static PssParameters read(@Nullable ASN1Encodable parameters) throws TimestampException {
    RSASSAPSSparams read;
    try {
      read =
          parameters == null
              ? new RSASSAPSSparams()
              : RSASSAPSSparams.getInstance(parameters.toASN1Primitive());
    } catch (RuntimeException e) {
      // BouncyCastle reports bad structure with several unchecked exceptions; each is a refusal.
      throw new TimestampException(SIGNATURE_ALGORITHM, "RSA-PSS parameters are malformed", e);
    }
    HashAlgorithm hash = hash(read.getHashAlgorithm(), "RSA-PSS is made with ");
    AlgorithmIdentifier mask = read.getMaskGenAlgorithm();
    if (!mask.getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1)) {
      throw refused(
          "RSA-PSS has a mask generation function other than MGF1 ("
              + mask.getAlgorithm().getId()
              + ")");
    }
    HashAlgorithm maskHash = maskHash(mask);
    if (maskHash != hash) {
      throw refused("RSA-PSS is made with " + hash.label() + " and an MGF1 of " + maskHash.label());
    }
    if (!read.getTrailerField().equals(BigInteger.ONE)) {
      throw refused("RSA-PSS has the trailer field " + read.getTrailerField());
    }
    BigInteger salt = read.getSaltLength();
    if (salt.compareTo(BigInteger.valueOf(MIN_SALT)) < 0
        || salt.compareTo(BigInteger.valueOf(MAX_SALT)) > 0) {
      throw refused("RSA-PSS has a salt of " + shown(salt) + " bytes; at least 20 are needed");
    }
    return new PssParameters(hash, salt.intValueExact());
  }

  private static String shown(BigInteger salt) {
    return salt.bitLength() > Integer.SIZE ? "too many" : salt.toString();
  }

  private static HashAlgorithm maskHash(AlgorithmIdentifier mask) throws TimestampException {
    try {
      return hash(AlgorithmIdentifier.getInstance(mask.getParameters()), "RSA-PSS has MGF1 with ");
    } catch (RuntimeException e) {
      // As above; a null among them.
      throw new TimestampException(SIGNATURE_ALGORITHM, "RSA-PSS has MGF1 without a hash", e);
    }
  }

  private static HashAlgorithm hash(AlgorithmIdentifier algorithm, String what)
      throws TimestampException {
    if (!SignatureCheck.hasNoParameters(algorithm)) {
      throw refused(
          what + AlgorithmNames.of(algorithm.getAlgorithm()) + ", which has parameters of its own");
    }
    return HashAlgorithm.of(algorithm.getAlgorithm())
        .orElseThrow(
            () ->
                refused(
                    what
                        + AlgorithmNames.of(algorithm.getAlgorithm())
                        + ", which is not accepted"));
  }

  /** Whether a key with these parameters may make signatures with those (RFC 4055 section 3.1). */
  boolean allows(PssParameters signature) {
    return hash == signature.hash && signature.saltLength >= saltLength;
  }

  /** Not initialized with a key yet. */
  Signer newSigner() {
    return new PSSSigner(
        new RSABlindedEngine(), hash.newDigest(), hash.newDigest(), saltLength, TRAILER);
  }

  private static TimestampException refused(String text) {
    return new TimestampException(SIGNATURE_ALGORITHM, text);
  }
}
