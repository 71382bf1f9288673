package dev.occ.verifier.timestamp;

import static dev.occ.verifier.timestamp.TimestampRejection.CERTIFICATE_EXPIRED;
import static dev.occ.verifier.timestamp.TimestampRejection.CERTIFICATE_NOT_YET_VALID;
import static dev.occ.verifier.timestamp.TimestampRejection.ISSUER_NOT_ALLOWED;
import static dev.occ.verifier.timestamp.TimestampRejection.PATH_INVALID;

import dev.occ.verifier.x509.JdkX509;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The rules for a path whose signatures hold (RFC 5280 section 6), at the token's time. The JDK
 * applies them all again, with the signatures: it may refuse what passes here, and accepts nothing
 * that does not.
 */
final class TsaPathRules {
  private TsaPathRules() {}

  /** Checks a path, the root first. */
  static List<X509Certificate> check(List<TokenCertificate> path, Instant at)
      throws TimestampException {
    List<TokenCertificate> issuers = path.subList(0, path.size() - 1);
    for (TokenCertificate issuer : issuers) {
      checkIssuer(issuer, at);
    }
    checkValid(path.get(path.size() - 1).x509(), at);
    if (JdkX509.exceedsPathLength(issuers.stream().map(TokenCertificate::x509).toList())) {
      throw new TimestampException(
          ISSUER_NOT_ALLOWED, "more CAs follow one than its path length constraint allows");
    }
    List<X509Certificate> chain = path.stream().map(TokenCertificate::x509).toList();
    checkWithJdk(chain, at);
    return chain;
  }

  /** What a certificate must be, by itself, to issue others on a path. */
  static void checkIssuer(TokenCertificate issuer, Instant at) throws TimestampException {
    checkValid(issuer.x509(), at);
    if (!issuer.isCa() || !issuer.maySignCertificates()) {
      throw new TimestampException(ISSUER_NOT_ALLOWED, "an issuer may not issue certificates");
    }
    SignerCertificateRules.checkIssuer(issuer);
  }

  /** Both bounds belong to the validity (RFC 5280 section 4.1.2.5). */
  private static void checkValid(X509Certificate certificate, Instant at)
      throws TimestampException {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (at.isBefore(from)) {
      throw new TimestampException(
          CERTIFICATE_NOT_YET_VALID, "a certificate is valid from " + from + ", not at " + at);
    }
    if (at.isAfter(until)) {
      throw new TimestampException(
          CERTIFICATE_EXPIRED, "a certificate is valid until " + until + ", not at " + at);
    }
  }

  private static void checkWithJdk(List<X509Certificate> chain, Instant at)
      throws TimestampException {
    List<X509Certificate> issued = new ArrayList<>(chain.subList(1, chain.size()));
    Collections.reverse(issued);
    try {
      // RSA and ECDSA meet in one path, and the JDK does them in different providers.
      JdkX509.validate(chain.get(0), issued, at);
    } catch (GeneralSecurityException e) {
      throw new TimestampException(PATH_INVALID, "the certificate path is invalid", e);
    }
  }
}
