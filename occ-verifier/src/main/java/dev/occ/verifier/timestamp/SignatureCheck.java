package dev.occ.verifier.timestamp;

import static dev.occ.verifier.timestamp.TimestampRejection.KEY_UNSUPPORTED;
import static dev.occ.verifier.timestamp.TimestampRejection.SIGNATURE_ALGORITHM;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.RSADigestSigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.jspecify.annotations.Nullable;

/**
 * The signatures that are accepted, in certificates and tokens alike: RSA PKCS #1 v1.5 and ECDSA,
 * with SHA-256, SHA-384 or SHA-512. Done by BouncyCastle's lightweight API, so that no registered
 * provider changes the verdict; ECDSA values are strict DER, and numbers from 1 to n-1.
 */
final class SignatureCheck {
  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 4096;
  private static final int MAX_EXPONENT_BITS = 64;

  private static final Map<ASN1ObjectIdentifier, ASN1ObjectIdentifier> RSA =
      Map.of(
          PKCSObjectIdentifiers.sha256WithRSAEncryption, NISTObjectIdentifiers.id_sha256,
          PKCSObjectIdentifiers.sha384WithRSAEncryption, NISTObjectIdentifiers.id_sha384,
          PKCSObjectIdentifiers.sha512WithRSAEncryption, NISTObjectIdentifiers.id_sha512);
  private static final Map<ASN1ObjectIdentifier, ASN1ObjectIdentifier> ECDSA =
      Map.of(
          X9ObjectIdentifiers.ecdsa_with_SHA256, NISTObjectIdentifiers.id_sha256,
          X9ObjectIdentifiers.ecdsa_with_SHA384, NISTObjectIdentifiers.id_sha384,
          X9ObjectIdentifiers.ecdsa_with_SHA512, NISTObjectIdentifiers.id_sha512);
  private static final Set<ASN1ObjectIdentifier> CURVES =
      Set.of(
          SECObjectIdentifiers.secp256r1,
          SECObjectIdentifiers.secp384r1,
          SECObjectIdentifiers.secp521r1);

  private SignatureCheck() {}

  /** Whether an algorithm that takes no parameters has none; RFC 5754 allows both ways. */
  static boolean hasNoParameters(AlgorithmIdentifier algorithm) {
    ASN1Encodable parameters = algorithm.getParameters();
    return parameters == null || DERNull.INSTANCE.equals(parameters);
  }

  /** The digest that a signature algorithm is made with. */
  static ASN1ObjectIdentifier digestOf(AlgorithmIdentifier signature) throws TimestampException {
    ASN1ObjectIdentifier oid = signature.getAlgorithm();
    ASN1ObjectIdentifier digest = RSA.containsKey(oid) ? RSA.get(oid) : ECDSA.get(oid);
    if (digest == null || !hasNoParameters(signature)) {
      throw new TimestampException(
          SIGNATURE_ALGORITHM, "a signature is made with " + oid.getId() + ", which is not known");
    }
    return digest;
  }

  /** A fresh digest. */
  static Digest newDigest(ASN1ObjectIdentifier digest) throws TimestampException {
    if (digest.equals(NISTObjectIdentifiers.id_sha256)) {
      return new SHA256Digest();
    }
    if (digest.equals(NISTObjectIdentifiers.id_sha384)) {
      return new SHA384Digest();
    }
    if (digest.equals(NISTObjectIdentifiers.id_sha512)) {
      return new SHA512Digest();
    }
    throw new TimestampException(
        SIGNATURE_ALGORITHM, "a digest is made with " + digest.getId() + ", which is not accepted");
  }

  /** Ready for the message. */
  static Signer verifier(AlgorithmIdentifier algorithm, SubjectPublicKeyInfo key)
      throws TimestampException {
    ASN1ObjectIdentifier digest = digestOf(algorithm);
    Signer signer;
    if (RSA.containsKey(algorithm.getAlgorithm())) {
      signer = new RSADigestSigner(newDigest(digest), digest);
      signer.init(false, rsa(key));
    } else {
      signer =
          new DSADigestSigner(new ECDSASigner(), newDigest(digest), StandardDSAEncoding.INSTANCE);
      signer.init(false, ecdsa(key));
    }
    return signer;
  }

  private static RSAKeyParameters rsa(SubjectPublicKeyInfo key) throws TimestampException {
    if (key.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)
        && hasNoParameters(key.getAlgorithm())) {
      try {
        RSAPublicKey numbers = RSAPublicKey.getInstance(key.parsePublicKey());
        BigInteger modulus = numbers.getModulus();
        int bits = modulus.bitLength();
        // Bounded before BouncyCastle computes anything with them: it tests each new modulus for
        // being prime, in time that grows with the third power of its length.
        if (bits >= MIN_RSA_BITS
            && bits <= MAX_RSA_BITS
            && numbers.getPublicExponent().bitLength() <= MAX_EXPONENT_BITS) {
          return new RSAKeyParameters(false, modulus, numbers.getPublicExponent());
        }
      } catch (IOException | RuntimeException e) {
        // BouncyCastle refuses bad structure and bad numbers with several unchecked exceptions.
        throw unsupported(e);
      }
    }
    throw unsupported(null);
  }

  private static ECPublicKeyParameters ecdsa(SubjectPublicKeyInfo key) throws TimestampException {
    AlgorithmIdentifier algorithm = key.getAlgorithm();
    if (algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
        && algorithm.getParameters() instanceof ASN1ObjectIdentifier curve
        && CURVES.contains(curve)) {
      X9ECParameters parameters = CustomNamedCurves.getByOID(curve);
      try {
        return new ECPublicKeyParameters(
            parameters.getCurve().decodePoint(key.getPublicKeyData().getOctets()),
            new ECNamedDomainParameters(curve, parameters));
      } catch (RuntimeException e) {
        // Not a point of the curve, or a bit string that is no whole octets.
        throw unsupported(e);
      }
    }
    throw unsupported(null);
  }

  private static TimestampException unsupported(@Nullable Exception cause) {
    return new TimestampException(
        KEY_UNSUPPORTED, "a key is not RSA of 2048 bits or more, or on a named NIST curve", cause);
  }
}
