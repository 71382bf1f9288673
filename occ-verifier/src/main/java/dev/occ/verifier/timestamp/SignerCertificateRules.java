package dev.occ.verifier.timestamp;

import static dev.occ.verifier.timestamp.TimestampRejection.EXTENDED_KEY_USAGE_MISSING;
import static dev.occ.verifier.timestamp.TimestampRejection.EXTENDED_KEY_USAGE_NOT_CRITICAL;
import static dev.occ.verifier.timestamp.TimestampRejection.EXTENDED_KEY_USAGE_WRONG;
import static dev.occ.verifier.timestamp.TimestampRejection.SIGNER_KEY_USAGE;
import static dev.occ.verifier.timestamp.TimestampRejection.TSA_NAME_MISMATCH;

import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;

/** What the certificate of a timestamping authority must be (RFC 3161 section 2.3). */
final class SignerCertificateRules {
  private SignerCertificateRules() {}

  static void check(TimestampToken token) throws TimestampException {
    TokenCertificate certificate = token.signerCertificate();
    checkPurpose(certificate);
    if (certificate.isCa() || !certificate.maySignData()) {
      throw new TimestampException(
          SIGNER_KEY_USAGE, "the signer's certificate is not one for making signatures");
    }
    GeneralName tsa = token.info().tsa();
    if (tsa != null && !CertificateNames.has(certificate.structure(), tsa)) {
      throw new TimestampException(
          TSA_NAME_MISMATCH, "the token names another authority than its certificate");
    }
  }

  private static void checkPurpose(TokenCertificate certificate) throws TimestampException {
    Extension extension = purposes(certificate);
    if (extension == null) {
      throw new TimestampException(
          EXTENDED_KEY_USAGE_MISSING, "the signer's certificate has no extended key usage");
    }
    if (!extension.isCritical()) {
      throw new TimestampException(
          EXTENDED_KEY_USAGE_NOT_CRITICAL, "the signer's extended key usage is not critical");
    }
    ExtendedKeyUsage usage = usage(extension);
    if (usage.size() != 1 || !usage.hasKeyPurposeId(KeyPurposeId.id_kp_timeStamping)) {
      throw new TimestampException(
          EXTENDED_KEY_USAGE_WRONG, "the signer's certificate is not for timestamping alone");
    }
  }

  /** An issuer that says what it issues for must say timestamping, or anything. */
  static void checkIssuer(TokenCertificate issuer) throws TimestampException {
    Extension extension = purposes(issuer);
    if (extension == null) {
      return;
    }
    ExtendedKeyUsage usage = usage(extension);
    if (!usage.hasKeyPurposeId(KeyPurposeId.id_kp_timeStamping)
        && !usage.hasKeyPurposeId(KeyPurposeId.anyExtendedKeyUsage)) {
      throw new TimestampException(
          EXTENDED_KEY_USAGE_WRONG, "an issuer's extended key usage leaves timestamping out");
    }
  }

  private static @Nullable Extension purposes(TokenCertificate certificate) {
    Extensions extensions = certificate.structure().getTBSCertificate().getExtensions();
    return extensions == null ? null : extensions.getExtension(Extension.extendedKeyUsage);
  }

  private static ExtendedKeyUsage usage(Extension extension) throws TimestampException {
    try {
      return ExtendedKeyUsage.getInstance(extension.getParsedValue());
    } catch (RuntimeException e) {
      // BouncyCastle reports bad structure with several unchecked exceptions; each is a refusal.
      throw new TimestampException(
          EXTENDED_KEY_USAGE_WRONG, "an extended key usage is malformed", e);
    }
  }
}
