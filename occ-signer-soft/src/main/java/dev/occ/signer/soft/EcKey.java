package dev.occ.signer.soft;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.util.BigIntegers;

/**
 * An elliptic-curve key pair that signs with ECDSA. Nonces are derived as in RFC 6979, so signing
 * needs no randomness. Safe for use by many threads at once. The private key is a {@link
 * BigInteger}, which cannot be wiped; it signs test documents only.
 */
final class EcKey {
  /** P-384, the only curve in a Nitro attestation. */
  static final ASN1ObjectIdentifier P384 = SECObjectIdentifiers.secp384r1;

  private final ASN1ObjectIdentifier curve;
  private final ECPrivateKeyParameters privateKey;
  private final byte[] point;

  private EcKey(ASN1ObjectIdentifier curve, AsymmetricCipherKeyPair pair) {
    this.curve = curve;
    this.privateKey = (ECPrivateKeyParameters) pair.getPrivate();
    this.point = ((ECPublicKeyParameters) pair.getPublic()).getQ().getEncoded(false);
  }

  /** A fresh key on a curve that BouncyCastle knows by its object identifier. */
  static EcKey generate(ASN1ObjectIdentifier curve, SecureRandom random) {
    X9ECParameters parameters = CustomNamedCurves.getByOID(curve);
    ECKeyPairGenerator generator = new ECKeyPairGenerator();
    generator.init(
        new ECKeyGenerationParameters(new ECNamedDomainParameters(curve, parameters), random));
    return new EcKey(curve, generator.generateKeyPair());
  }

  /** The public point, uncompressed (SEC 1, section 2.3.3). */
  byte[] point() {
    return point.clone();
  }

  /** The public key with its curve by name (RFC 5480). */
  SubjectPublicKeyInfo publicKeyInfo() {
    return new SubjectPublicKeyInfo(
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), point);
  }

  /** The order of the curve's base point. */
  BigInteger order() {
    return privateKey.getParameters().getN();
  }

  /** The numbers r and s of the signature over a digest. */
  BigInteger[] sign(byte[] digest) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA384Digest()));
    signer.init(true, privateKey);
    return signer.generateSignature(digest);
  }

  /** The signature over the SHA-384 of some data as COSE wants it: r || s, each of 48 bytes. */
  byte[] signEs384(byte[] data) {
    BigInteger[] signature = sign(digest("SHA-384", data));
    return Cbor.concat(
        BigIntegers.asUnsignedByteArray(48, signature[0]),
        BigIntegers.asUnsignedByteArray(48, signature[1]));
  }

  /** A digest that every Java platform has. */
  static byte[] digest(String algorithm, byte[] data) {
    try {
      return MessageDigest.getInstance(algorithm).digest(data);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
