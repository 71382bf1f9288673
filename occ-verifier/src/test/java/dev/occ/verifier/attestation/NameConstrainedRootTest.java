package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.Verdicts.assertRefused;
import static dev.occ.verifier.attestation.Verdicts.assertTrusted;

import dev.occ.proof.Bytes;
import java.time.Instant;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Name constraints of a pinned root apply to everything below it (RFC 5937 section 3.2). */
class NameConstrainedRootTest {
  private static final int ROOT = 0;

  private static GeneralSubtree[] subtree(String name) {
    return new GeneralSubtree[] {new GeneralSubtree(new GeneralName(new X500Name(name)))};
  }

  private static AttestationResult verify(NameConstraints constraints, boolean critical) {
    TestDocument document =
        new TestDocument()
            .certificate(ROOT, c -> c.extend(Extension.nameConstraints, critical, constraints));
    return verify(document);
  }

  private static AttestationResult verify(TestDocument document) {
    return AttestationVerifier.builder()
        .root(Bytes.of(document.ders()[ROOT]))
        .build()
        .verify(document.build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"C=US", "C=US,O=Test"})
  void verify_namesWithinThePermitted_areTrusted(String permitted) {
    assertTrusted(verify(new NameConstraints(subtree(permitted), null), true));
    assertTrusted(verify(new NameConstraints(subtree(permitted), subtree("C=DE")), false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"C=DE", "C=US,O=Test,CN=elsewhere"})
  void verify_namesOutsideThePermitted_areRefused(String permitted) {
    NameConstraints constraints = new NameConstraints(subtree(permitted), null);
    assertRefused(verify(constraints, true), AttestationRejection.PATH_INVALID);
    assertRefused(verify(constraints, false), AttestationRejection.PATH_INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"regional", "zonal", "instance", "leaf"})
  void verify_oneNameExcluded_isRefused(String excluded) {
    NameConstraints constraints = new NameConstraints(null, subtree("C=US,O=Test,CN=" + excluded));
    assertRefused(verify(constraints, true), AttestationRejection.PATH_INVALID);
  }

  @Test
  void verify_rootsOwnName_isNotConstrained() {
    assertTrusted(verify(new NameConstraints(null, subtree("C=US,O=Test,CN=root")), true));
  }

  @Test
  void verify_constraintsThatCannotBeRead_areRefused() {
    TestDocument document =
        new TestDocument()
            .certificate(ROOT, c -> c.extend(Extension.nameConstraints, true, new byte[] {5, 0}));
    AttestationResult result;
    try {
      result = verify(document);
    } catch (IllegalArgumentException refusedAsARoot) {
      return;
    }
    assertRefused(result, AttestationRejection.PATH_INVALID);
  }

  @Test
  void verify_constrainedRootInAnotherPath_keepsEveryOtherRule() {
    NameConstraints ours = new NameConstraints(subtree("C=US,O=Test"), null);
    TestDocument forged =
        new TestDocument()
            .certificate(ROOT, c -> c.extend(Extension.nameConstraints, true, ours))
            .certificate(1, c -> c.issuerKey = TestKey.named("stranger"));
    assertRefused(verify(forged), AttestationRejection.CERTIFICATE_SIGNATURE_INVALID);

    TestDocument unchained =
        new TestDocument()
            .certificate(ROOT, c -> c.extend(Extension.nameConstraints, true, ours))
            .certificate(1, c -> c.issuer = TestCertificate.name("other"));
    assertRefused(verify(unchained), AttestationRejection.PATH_NAME_CHAINING);

    Instant before = TestDocument.TIME.plusSeconds(1);
    TestDocument early =
        new TestDocument()
            .certificate(ROOT, c -> c.extend(Extension.nameConstraints, true, ours))
            .certificate(2, c -> c.notBefore = before);
    assertRefused(verify(early), AttestationRejection.CERTIFICATE_NOT_YET_VALID);
  }
}
