package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.AttestationRejection.CERTIFICATE_SIGNATURE_INVALID;
import static dev.occ.verifier.attestation.Verdicts.assertRefused;
import static dev.occ.verifier.attestation.Verdicts.assertTrusted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.proof.Bytes;
import dev.occ.signer.soft.AttestationFaults;
import dev.occ.signer.soft.SoftAttestationAuthority;
import dev.occ.signer.soft.TestProvider;
import dev.occ.verifier.crypto.CryptoProvider;
import java.lang.reflect.Method;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import org.junit.jupiter.api.Test;

/** That the JDK's path validation has every signature checked by the provider that was chosen. */
final class PathCryptoTest {
  private static final SoftAttestationAuthority AUTHORITY =
      SoftAttestationAuthority.create(
          Clock.fixed(Instant.parse("2026-03-21T10:00:00.123Z"), ZoneOffset.UTC));

  private final TestProvider provider = new TestProvider();
  private final CryptoProvider crypto = CryptoProvider.preferring(provider);
  private final AttestationVerifier verifier =
      AttestationVerifier.builder()
          .root(Bytes.of(AUTHORITY.rootCertificate()))
          .crypto(crypto)
          .build();

  @Test
  void verify_newPath_checksEverySignatureByTheProvider() {
    byte[] document = AttestationFaults.document(AUTHORITY).build();
    int before = provider.asked();

    assertTrusted(verifier.verify(document));

    // Four certificates below the root, and the document.
    assertThat(provider.asked()).isEqualTo(before + 5);
    assertTrusted(verifier.verify(document));
    assertThat(provider.asked()).isEqualTo(before + 6);
  }

  @Test
  void verify_providerSaysNo_bouncyCastleChecksThePath() {
    byte[] document = AttestationFaults.document(AUTHORITY).build();
    provider.says((algorithm, truth) -> false);

    assertTrusted(verifier.verify(document));
  }

  @Test
  void verify_certificateSignedByAnotherKey_isRefusedThere() {
    TestDocument document = new TestDocument();
    AttestationVerifier pinned =
        AttestationVerifier.builder().root(Bytes.of(document.ders()[0])).crypto(crypto).build();
    document.certificate(2, c -> c.issuerKey = TestKey.named("stranger"));
    int before = provider.asked();

    assertRefused(pinned.verify(document.build()), CERTIFICATE_SIGNATURE_INVALID);
    assertThat(provider.asked()).isEqualTo(before + 2);
  }

  @Test
  void verify_issuedCertificate_onlyUnderItsIssuersKey() throws Exception {
    PathCertificate root = read(0);
    PathCertificate regional = read(1);
    IssuedCertificate issued = new IssuedCertificate(regional.x509(), root);
    PublicKey key = root.x509().getPublicKey();

    assertThatCode(() -> issued.verify(key)).doesNotThrowAnyException();
    assertThatCode(() -> issued.verify(key, "SunEC")).doesNotThrowAnyException();
    assertThatCode(() -> issued.verify(key, (Provider) null)).doesNotThrowAnyException();
    PublicKey other = regional.x509().getPublicKey();
    assertThatThrownBy(() -> issued.verify(other)).isInstanceOf(InvalidKeyException.class);
    IssuedCertificate orphan = new IssuedCertificate(read(2).x509(), root);
    assertThatThrownBy(() -> orphan.verify(key)).isInstanceOf(SignatureException.class);
  }

  @Test
  void get_anything_isAsTheJdksCertificateSays() throws Exception {
    PathCertificate regional = read(1);
    IssuedCertificate issued = new IssuedCertificate(regional.x509(), read(0));
    int compared = 0;
    for (Method method : X509Certificate.class.getMethods()) {
      if (method.getParameterCount() == 0 && method.getName().matches("(get|has).*[^DN]")) {
        if (method.getDeclaringClass() != Object.class) {
          assertThat(method.invoke(issued))
              .as(method.getName())
              .isEqualTo(method.invoke(regional.x509()));
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(20);
    assertThat(issued).isEqualTo(regional.x509()).hasToString(regional.x509().toString());
    assertThat(issued.getExtensionValue("2.5.29.15"))
        .isEqualTo(regional.x509().getExtensionValue("2.5.29.15"));
    Date after = Date.from(regional.notAfter().plusSeconds(1));
    assertThatThrownBy(() -> issued.checkValidity(after))
        .isInstanceOf(CertificateExpiredException.class);
  }

  private static PathCertificate read(int index) throws AttestationException {
    return CertificateReader.read(
        Bytes.of(new TestDocument().ders()[index]), CryptoProvider.bouncyCastle());
  }
}
