package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.AttestationRejection.CERTIFICATE_KEY_UNSUPPORTED;
import static dev.occ.verifier.attestation.AttestationRejection.CERTIFICATE_MALFORMED;
import static dev.occ.verifier.attestation.AttestationRejection.CERTIFICATE_SIGNATURE_ALGORITHM;
import static dev.occ.verifier.attestation.AttestationRejection.CERTIFICATE_SIGNATURE_INVALID;
import static dev.occ.verifier.attestation.AttestationRejection.CERTIFICATE_TRAILING_BYTES;

import dev.occ.proof.Bytes;
import dev.occ.verifier.crypto.CryptoProvider;
import dev.occ.verifier.crypto.Es384Key;
import dev.occ.verifier.x509.JdkX509;
import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * Reads one certificate under the rules that concern it alone. The JDK's parser decides in the end;
 * before it, BouncyCastle's ASN.1 shows what the JDK does not: bytes after the certificate, BER,
 * how the curve is given, and signature values out of range, which nobody is asked about then.
 */
final class CertificateReader {
  private static final int SEQUENCE = 0x30;

  private static final AlgorithmIdentifier ECDSA_SHA384 =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384);
  private static final AlgorithmIdentifier P384_KEY =
      new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp384r1);

  private CertificateReader() {}

  static PathCertificate read(Bytes encoded, CryptoProvider crypto) throws AttestationException {
    byte[] der = encoded.toByteArray();
    checkOneValue(der);
    Certificate certificate = parse(der);
    checkAlgorithm(certificate);
    Es384Key key = key(certificate.getSubjectPublicKeyInfo(), crypto);
    checkSignatureRange(certificate);
    CertificateProfile.check(certificate);
    return new PathCertificate(encoded, parseWithJdk(der), key);
  }

  /** Exactly one SEQUENCE of definite length; shorter and longer input are told apart. */
  private static void checkOneValue(byte[] der) throws AttestationException {
    if (der.length < 2 || der[0] != SEQUENCE) {
      throw malformed(null);
    }
    int first = der[1] & 0xFF;
    int octets = first < 0x80 ? 0 : first - 0x80;
    if (first == 0x80 || octets > 2 || der.length < 2 + octets) {
      throw malformed(null);
    }
    int length = first;
    if (octets > 0) {
      length = new BigInteger(1, Arrays.copyOfRange(der, 2, 2 + octets)).intValue();
    }
    int extra = der.length - (2 + octets + length);
    if (extra > 0) {
      throw new AttestationException(
          CERTIFICATE_TRAILING_BYTES, extra + " bytes follow a certificate");
    }
    if (extra < 0) {
      throw malformed(null);
    }
  }

  /** DER is the one form in which a value can be written: writing it again gives the same. */
  private static Certificate parse(byte[] der) throws AttestationException {
    try {
      ASN1Primitive value = ASN1Primitive.fromByteArray(der);
      if (!Arrays.equals(value.getEncoded(ASN1Encoding.DER), der)) {
        throw malformed(null);
      }
      return Certificate.getInstance(value);
    } catch (IOException | RuntimeException e) {
      // The parser reports bad structure with several unchecked exceptions; each is a refusal.
      throw malformed(e);
    }
  }

  private static void checkAlgorithm(Certificate certificate) throws AttestationException {
    if (!certificate.getSignatureAlgorithm().equals(ECDSA_SHA384)
        || !certificate.getTBSCertificate().getSignature().equals(ECDSA_SHA384)) {
      throw new AttestationException(
          CERTIFICATE_SIGNATURE_ALGORITHM, "a certificate is not signed with ecdsa-with-SHA384");
    }
  }

  private static Es384Key key(SubjectPublicKeyInfo key, CryptoProvider crypto)
      throws AttestationException {
    if (!key.getAlgorithm().equals(P384_KEY) || key.getPublicKeyData().getPadBits() != 0) {
      throw new AttestationException(
          CERTIFICATE_KEY_UNSUPPORTED, "a certificate's key is not for P-384 by name");
    }
    return crypto
        .es384Key(Bytes.of(key.getPublicKeyData().getBytes()))
        .orElseThrow(
            () ->
                new AttestationException(
                    CERTIFICATE_KEY_UNSUPPORTED, "a certificate's key is not a point of P-384"));
  }

  private static void checkSignatureRange(Certificate certificate) throws AttestationException {
    try {
      ASN1Sequence pair = ASN1Sequence.getInstance(certificate.getSignature().getOctets());
      if (pair.size() == 2 && isScalar(pair, 0) && isScalar(pair, 1)) {
        return;
      }
    } catch (RuntimeException e) {
      // As in parse(): not a sequence of integers, or a bit string that is no whole octets.
      throw new AttestationException(
          CERTIFICATE_SIGNATURE_INVALID, "a certificate's signature is malformed", e);
    }
    throw new AttestationException(
        CERTIFICATE_SIGNATURE_INVALID, "a certificate's signature is out of range");
  }

  private static boolean isScalar(ASN1Sequence pair, int index) {
    return Es384Key.isScalar(ASN1Integer.getInstance(pair.getObjectAt(index)).getValue());
  }

  private static X509Certificate parseWithJdk(byte[] der) throws AttestationException {
    try {
      return JdkX509.certificate(der);
    } catch (CertificateException e) {
      throw malformed(e);
    }
  }

  private static AttestationException malformed(@org.jspecify.annotations.Nullable Exception e) {
    return new AttestationException(
        CERTIFICATE_MALFORMED, "a certificate is not DER of X.509 version 3", e);
  }
}
