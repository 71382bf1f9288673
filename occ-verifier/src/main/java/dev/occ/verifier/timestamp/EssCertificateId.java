package dev.occ.verifier.timestamp;

import static dev.occ.verifier.timestamp.TimestampRejection.ESS_CERTIFICATE_ID_MISMATCH;
import static dev.occ.verifier.timestamp.TimestampRejection.ESS_CERTIFICATE_ID_MISSING;

import java.security.MessageDigest;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.ess.ESSCertID;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificate;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.IssuerSerial;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.jspecify.annotations.Nullable;

/**
 * The signed attribute that says which certificate signs (RFC 2634 section 5.4, RFC 5035), so that
 * nobody can put another one with the same key in its place. Version 1 knows SHA-1 only, and real
 * tokens have it: finding a second certificate for a given one is beyond what is broken of SHA-1.
 * Where both versions are there, both must fit.
 */
final class EssCertificateId {
  private EssCertificateId() {}

  /** Whether they name this certificate. */
  static boolean names(AttributeTable signed, TokenCertificate certificate) {
    try {
      check(signed, certificate);
      return true;
    } catch (TimestampException e) {
      return false;
    }
  }

  /** Refuses a certificate that they do not name. */
  static void check(AttributeTable signed, TokenCertificate certificate) throws TimestampException {
    boolean found = false;
    try {
      ASN1Encodable v1 =
          SignedAttributes.value(signed, PKCSObjectIdentifiers.id_aa_signingCertificate);
      if (v1 != null) {
        found = true;
        ESSCertID[] ids = SigningCertificate.getInstance(v1).getCerts();
        check(certificate, new SHA1Digest(), ids[0].getCertHash(), ids[0].getIssuerSerial());
      }
      ASN1Encodable v2 =
          SignedAttributes.value(signed, PKCSObjectIdentifiers.id_aa_signingCertificateV2);
      if (v2 != null) {
        found = true;
        ESSCertIDv2[] ids = SigningCertificateV2.getInstance(v2).getCerts();
        Digest digest = SignatureCheck.hash(ids[0].getHashAlgorithm().getAlgorithm()).newDigest();
        check(certificate, digest, ids[0].getCertHash(), ids[0].getIssuerSerial());
      }
    } catch (RuntimeException e) {
      // BouncyCastle reports bad structure with several unchecked exceptions; each is a refusal.
      throw new TimestampException(
          ESS_CERTIFICATE_ID_MISMATCH, "an ESS signing-certificate attribute is malformed", e);
    }
    if (!found) {
      throw new TimestampException(
          ESS_CERTIFICATE_ID_MISSING, "no signed attribute says which certificate signs");
    }
  }

  private static void check(
      TokenCertificate certificate, Digest digest, byte[] hash, @Nullable IssuerSerial named)
      throws TimestampException {
    byte[] der = certificate.der().toByteArray();
    digest.update(der, 0, der.length);
    byte[] expected = new byte[digest.getDigestSize()];
    digest.doFinal(expected, 0);
    if (!MessageDigest.isEqual(expected, hash) || !isNamed(certificate, named)) {
      throw new TimestampException(
          ESS_CERTIFICATE_ID_MISMATCH, "the signed attributes name another certificate");
    }
  }

  private static boolean isNamed(TokenCertificate certificate, @Nullable IssuerSerial named) {
    if (named == null) {
      return true;
    }
    GeneralName[] issuer = named.getIssuer().getNames();
    return issuer.length == 1
        && issuer[0].getTagNo() == GeneralName.directoryName
        && X500Name.getInstance(issuer[0].getName()).equals(certificate.structure().getIssuer())
        && named.getSerial().getValue().equals(certificate.x509().getSerialNumber());
  }
}
