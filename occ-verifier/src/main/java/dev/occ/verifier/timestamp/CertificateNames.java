package dev.occ.verifier.timestamp;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** The names in a certificate. */
final class CertificateNames {
  private CertificateNames() {}

  /** The most specific common name, or the whole subject. */
  static String commonName(X509Certificate certificate) {
    X500Name subject = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    RDN[] names = subject.getRDNs(BCStyle.CN);
    if (names.length == 0) {
      return certificate.getSubjectX500Principal().getName();
    }
    return names[names.length - 1].getFirst().getValue().toString();
  }

  /** Whether it is the subject or an alternative name (RFC 3161 section 2.4.2, {@code tsa}). */
  static boolean has(Certificate certificate, GeneralName name) {
    try {
      return isSubject(certificate, name) || isAlternative(certificate, name);
    } catch (RuntimeException e) {
      // BouncyCastle's word for a name or a list of names that is none.
      return false;
    }
  }

  private static boolean isSubject(Certificate certificate, GeneralName name) {
    return name.getTagNo() == GeneralName.directoryName
        && certificate.getSubject().equals(X500Name.getInstance(name.getName()));
  }

  private static boolean isAlternative(Certificate certificate, GeneralName name) {
    Extensions extensions = certificate.getTBSCertificate().getExtensions();
    if (extensions == null) {
      return false;
    }
    ASN1Encodable names = extensions.getExtensionParsedValue(Extension.subjectAlternativeName);
    return names != null
        && Arrays.asList(GeneralNames.getInstance(names).getNames()).contains(name);
  }
}
