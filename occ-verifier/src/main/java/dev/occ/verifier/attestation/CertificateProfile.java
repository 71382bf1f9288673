package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.AttestationRejection.CERTIFICATE_MALFORMED;
import static dev.occ.verifier.attestation.AttestationRejection.CERTIFICATE_PROFILE;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;

/**
 * What RFC 5280 section 4 says of a certificate's fields and the JDK does not look at: serial
 * numbers, how times are written, DER within extensions, purposes.
 */
final class CertificateProfile {
  /** Twenty octets; AWS's CAs use all bits of them, and DER then needs a 21st for the sign. */
  private static final int MAX_SERIAL_BITS = 160;

  private static final int EXTENSIONS = 3;
  private static final int UTC_TIME = 0x17;
  private static final int UTC_LENGTH = "YYMMDDHHMMSSZ".length();
  private static final int GENERALIZED_TIME = 0x18;
  private static final int GENERALIZED_LENGTH = "YYYYMMDDHHMMSSZ".length();
  private static final int LAST_YEAR_OF_UTC_TIME = 2049;

  private CertificateProfile() {}

  static void check(Certificate certificate) throws AttestationException {
    try {
      TBSCertificate signed = certificate.getTBSCertificate();
      checkSerial(signed.getSerialNumber().getValue());
      checkTime(signed.getStartDate());
      checkTime(signed.getEndDate());
      Extensions extensions = signed.getExtensions();
      if (extensions != null) {
        checkEncoding(certificate, extensions);
        checkBasicConstraints(extensions);
        checkKeyUsage(extensions);
        checkPurposes(extensions);
      }
    } catch (IOException | RuntimeException e) {
      // As in CertificateReader: bad structure comes as several unchecked exceptions.
      throw new AttestationException(
          CERTIFICATE_MALFORMED, "a certificate's fields are not those of X.509", e);
    }
  }

  /** Section 4.1.2.2. */
  private static void checkSerial(BigInteger serial) throws AttestationException {
    if (serial.signum() <= 0 || serial.bitLength() > MAX_SERIAL_BITS) {
      throw refused("serial number is not positive or has more than 160 bits");
    }
  }

  /** Section 4.1.2.5: seconds, no fractions, Zulu; GeneralizedTime from 2050 only. */
  private static void checkTime(Time time) throws AttestationException, IOException {
    byte[] encoded = time.toASN1Primitive().getEncoded();
    int length = encoded.length - 2;
    boolean zulu = encoded[encoded.length - 1] == 'Z';
    boolean profile =
        switch (encoded[0]) {
          case UTC_TIME -> length == UTC_LENGTH;
          case GENERALIZED_TIME ->
              length == GENERALIZED_LENGTH && year(encoded) > LAST_YEAR_OF_UTC_TIME;
          default -> false;
        };
    if (!profile || !zulu) {
      throw refused("time is not written as RFC 5280 wants it");
    }
  }

  private static int year(byte[] generalizedTime) {
    int year = 0;
    for (int i = 2; i < 6; i++) {
      year = 10 * year + generalizedTime[i] - '0';
    }
    return year;
  }

  /** Section 4.1: defaults left out, one form of true; section 4.2: the values are DER too. */
  private static void checkEncoding(Certificate certificate, Extensions extensions)
      throws AttestationException, IOException {
    if (!Arrays.equals(der(extensions), der(written(certificate)))) {
      throw refused("extensions are not DER");
    }
    for (ASN1ObjectIdentifier id : extensions.getExtensionOIDs()) {
      byte[] value = extensions.getExtension(id).getExtnValue().getOctets();
      if (!Arrays.equals(der(ASN1Primitive.fromByteArray(value)), value)) {
        throw refused("extension " + id + " is not DER");
      }
    }
  }

  /** The extensions as they stand in the certificate. */
  private static ASN1Encodable written(Certificate certificate) {
    ASN1Sequence whole = ASN1Sequence.getInstance(certificate.toASN1Primitive());
    for (ASN1Encodable field : ASN1Sequence.getInstance(whole.getObjectAt(0))) {
      if (field instanceof ASN1TaggedObject tagged && tagged.hasContextTag(EXTENSIONS)) {
        return tagged.getExplicitBaseObject();
      }
    }
    throw new IllegalStateException("extensions were read, and are not there");
  }

  /** Section 4.2.1.9: critical in a CA's certificate, a path length there only, DER. */
  private static void checkBasicConstraints(Extensions extensions)
      throws AttestationException, IOException {
    BasicConstraints constraints = BasicConstraints.fromExtensions(extensions);
    if (constraints == null) {
      return;
    }
    Extension extension = extensions.getExtension(Extension.basicConstraints);
    if (constraints.isCA() && !extension.isCritical()) {
      throw refused("CA has basic constraints that are not critical");
    }
    BigInteger length = constraints.getPathLenConstraint();
    BasicConstraints canonical =
        constraints.isCA() && length != null
            ? new BasicConstraints(length.intValueExact())
            : new BasicConstraints(constraints.isCA());
    requireSame(extension, canonical);
  }

  /** Section 4.2.1.3, a list of named bits: at least one, no zeros at its end (X.690, 11.2.2). */
  private static void checkKeyUsage(Extensions extensions)
      throws AttestationException, IOException {
    KeyUsage usage = KeyUsage.fromExtensions(extensions);
    if (usage == null) {
      return;
    }
    int bits = 0;
    byte[] octets = usage.getBytes();
    for (int i = 0; i < octets.length; i++) {
      bits |= (octets[i] & 0xFF) << (8 * i);
    }
    if (bits == 0) {
      throw refused("key usage is empty");
    }
    requireSame(extensions.getExtension(Extension.keyUsage), new KeyUsage(bits));
  }

  /** Section 4.2.1.12: with purposes, for these only; attestation documents are none of them. */
  private static void checkPurposes(Extensions extensions) throws AttestationException {
    ExtendedKeyUsage purposes = ExtendedKeyUsage.fromExtensions(extensions);
    if (purposes != null && !purposes.hasKeyPurposeId(KeyPurposeId.anyExtendedKeyUsage)) {
      throw refused("key is for other purposes");
    }
  }

  private static void requireSame(Extension extension, ASN1Encodable canonical)
      throws AttestationException, IOException {
    if (!Arrays.equals(extension.getExtnValue().getOctets(), der(canonical))) {
      throw refused("extension " + extension.getExtnId() + " is not DER");
    }
  }

  private static byte[] der(ASN1Encodable value) throws IOException {
    return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
  }

  private static AttestationException refused(String text) {
    return new AttestationException(CERTIFICATE_PROFILE, "a certificate's " + text);
  }
}
