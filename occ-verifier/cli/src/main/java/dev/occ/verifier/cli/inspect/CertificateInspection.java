package dev.occ.verifier.cli.inspect;

import dev.occ.cli.Page;
import dev.occ.json.JsonObject;
import dev.occ.proof.Bytes;
import dev.occ.verifier.attestation.CertificateFacts;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** A certificate out of a document that nobody has verified; it may be anything. */
final class CertificateInspection {
  private final Bytes der;
  private final Optional<CertificateFacts> facts;

  private CertificateInspection(Bytes der, Optional<CertificateFacts> facts) {
    this.der = der;
    this.facts = facts;
  }

  static CertificateInspection of(Bytes der) {
    return new CertificateInspection(der, parse(der).map(CertificateFacts::new));
  }

  private static Optional<X509Certificate> parse(Bytes der) {
    try {
      return Optional.of(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der.toByteArray())));
    } catch (CertificateException | RuntimeException e) {
      // The JDK's parser has thrown unchecked exceptions on hostile input; shown as unparsable.
      return Optional.empty();
    }
  }

  void show(Page page) {
    String sha256 = Bytes.sha256(der.toByteArray()).toHex();
    if (facts.isEmpty()) {
      page.line("not an X.509 certificate: " + der.size() + " bytes");
      page.line("  sha256   " + sha256);
      return;
    }
    page.line(facts.get().subject());
    page.line("  issuer   " + facts.get().issuer());
    page.line("  serial   " + facts.get().serial());
    page.line("  valid    " + facts.get().validity());
    page.line("  role     " + facts.get().role());
    page.line("  signed   " + facts.get().signatureAlgorithm());
    page.line("  sha256   " + sha256);
  }

  JsonObject toJson() {
    return facts.isPresent()
        ? facts.get().toJson()
        : JsonObject.builder()
            .put("problem", "not an X.509 certificate")
            .put("sha256", Bytes.sha256(der.toByteArray()).toHex())
            .build();
  }
}
