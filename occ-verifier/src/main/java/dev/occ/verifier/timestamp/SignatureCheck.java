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
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.Signer;
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
 * The signatures that are accepted, in certificates and tokens alike: RSA PKCS #1 v1.5, RSA-PSS and
 * ECDSA, with SHA-256, SHA-384 or SHA-512. Done by BouncyCastle's lightweight API, so that no
 * registered provider changes the verdict; ECDSA values are strict DER, and numbers from 1 to n-1.
 */
final class SignatureCheck {
  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 4096;
  private static final int MAX_EXPONENT_BITS = 64;

  private static final Map<ASN1ObjectIdentifier, HashAlgorithm> RSA =
      Map.of(
          PKCSObjectIdentifiers.sha256WithRSAEncryption, HashAlgorithm.SHA_256,
          PKCSObjectIdentifiers.sha384WithRSAEncryption, HashAlgorithm.SHA_384,
          PKCSObjectIdentifiers.sha512WithRSAEncryption, HashAlgorithm.SHA_512);
  private static final Map<ASN1ObjectIdentifier, HashAlgorithm> ECDSA =
      Map.of(
          X9ObjectIdentifiers.ecdsa_with_SHA256, HashAlgorithm.SHA_256,
          X9ObjectIdentifiers.ecdsa_with_SHA384, HashAlgorithm.SHA_384,
          X9ObjectIdentifiers.ecdsa_with_SHA512, HashAlgorithm.SHA_512);
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

  /** The hash that a signature algorithm is made with. */
  static HashAlgorithm hashOf(AlgorithmIdentifier signature) throws TimestampException {
    ASN1ObjectIdentifier oid = signature.getAlgorithm();
    if (isPss(signature)) {
      return PssParameters.read(signature.getParameters()).hash();
    }
    HashAlgorithm hash = RSA.containsKey(oid) ? RSA.get(oid) : ECDSA.get(oid);
    if (hash == null) {
      throw notAccepted(AlgorithmNames.of(oid));
    }
    if (!hasNoParameters(signature)) {
      throw new TimestampException(
          SIGNATURE_ALGORITHM,
          AlgorithmNames.of(oid) + " has parameters, of which the algorithm knows none");
    }
    return hash;
  }

  /** The hash with this object identifier. */
  static HashAlgorithm hash(ASN1ObjectIdentifier oid) throws TimestampException {
    return HashAlgorithm.of(oid)
        .orElseThrow(
            () ->
                new TimestampException(
                    SIGNATURE_ALGORITHM,
                    "a digest is made with " + AlgorithmNames.of(oid) + ", which is not accepted"));
  }

  /** The refusal of a signature of this name. */
  static TimestampException notAccepted(String name) {
    return new TimestampException(
        SIGNATURE_ALGORITHM, "a signature is made with " + name + ", which is not accepted");
  }

  private static boolean isPss(AlgorithmIdentifier algorithm) {
    return algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS);
  }

  /** Ready for the message. */
  static Signer verifier(AlgorithmIdentifier algorithm, SubjectPublicKeyInfo key)
      throws TimestampException {
    if (isPss(algorithm)) {
      return pss(PssParameters.read(algorithm.getParameters()), key);
    }
    HashAlgorithm hash = hashOf(algorithm);
    Signer signer;
    if (RSA.containsKey(algorithm.getAlgorithm())) {
      signer = new RSADigestSigner(hash.newDigest(), hash.oid());
      signer.init(false, rsa(key));
    } else {
      signer =
          new DSADigestSigner(new ECDSASigner(), hash.newDigest(), StandardDSAEncoding.INSTANCE);
      signer.init(false, ecdsa(key));
    }
    return signer;
  }

  private static Signer pss(PssParameters parameters, SubjectPublicKeyInfo key)
      throws TimestampException {
    AlgorithmIdentifier of = key.getAlgorithm();
    RSAKeyParameters numbers;
    if (isPss(of)) {
      if (of.getParameters() != null
          && !PssParameters.read(of.getParameters()).allows(parameters)) {
        throw new TimestampException(
            SIGNATURE_ALGORITHM, "the key is restricted to other RSA-PSS parameters");
      }
      numbers = rsaNumbers(key);
    } else {
      numbers = rsa(key);
    }
    Signer signer = parameters.newSigner();
    try {
      signer.init(false, numbers);
    } catch (IllegalArgumentException e) {
      throw new TimestampException(
          SIGNATURE_ALGORITHM, "the RSA-PSS salt is longer than the key has room for", e);
    }
    return signer;
  }

  private static RSAKeyParameters rsa(SubjectPublicKeyInfo key) throws TimestampException {
    if (key.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)
        && hasNoParameters(key.getAlgorithm())) {
      return rsaNumbers(key);
    }
    throw unsupported(null);
  }

  private static RSAKeyParameters rsaNumbers(SubjectPublicKeyInfo key) throws TimestampException {
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
