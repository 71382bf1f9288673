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
import dev.occ.verifier.x509.JdkX509;
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
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERTaggedObject;
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
    assertThatThrownBy(() -> orphan.verify(key, "SunEC")).isInstanceOf(SignatureException.class);
    assertThatThrownBy(() -> orphan.verify(key, (Provider) null))
        .isInstanceOf(SignatureException.class);
  }

  @Test
  void get_anything_isAsTheJdksCertificateSays() throws Exception {
    X509Certificate jdk = JdkX509.certificate(ofEverything());
    IssuedCertificate issued = new IssuedCertificate(jdk, read(0));
    int compared = 0;
    for (Method method : X509Certificate.class.getMethods()) {
      if (method.getParameterCount() == 0 && method.getName().matches("(get|has).*(?<!DN)")) {
        if (method.getDeclaringClass() != Object.class) {
          assertThat(method.invoke(issued)).as(method.getName()).isEqualTo(method.invoke(jdk));
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(25);
    assertThat(issued.hasUnsupportedCriticalExtension()).isTrue();
    assertThat(new IssuedCertificate(read(1).x509(), read(0)).hasUnsupportedCriticalExtension())
        .isFalse();
    assertThat(issued.getNonCriticalExtensionOIDs()).isNotEmpty();
    assertThat(issued.getIssuerUniqueID()).isNotEqualTo(issued.getSubjectUniqueID());
    assertThat(issued).isEqualTo(jdk).hasToString(jdk.toString());
    assertThat(issued.getExtensionValue("2.5.29.15")).isEqualTo(jdk.getExtensionValue("2.5.29.15"));
    Date after = Date.from(jdk.getNotAfter().toInstant().plusSeconds(1));
    assertThatThrownBy(() -> issued.checkValidity(after))
        .isInstanceOf(CertificateExpiredException.class);
    assertThatThrownBy(issued::checkValidity).isInstanceOf(CertificateExpiredException.class);
  }

  /** Deprecated, and abstract; the JDK's certificates give a class of theirs. */
  @Test
  void getDn_anyCertificate_isTheName() throws Exception {
    X509Certificate jdk = JdkX509.certificate(ofEverything());
    IssuedCertificate issued = new IssuedCertificate(jdk, read(0));
    assertThat(X509Certificate.class.getMethod("getIssuerDN").invoke(issued))
        .isEqualTo(jdk.getIssuerX500Principal());
    assertThat(X509Certificate.class.getMethod("getSubjectDN").invoke(issued))
        .isEqualTo(jdk.getSubjectX500Principal());
  }

  /** With unique identifiers, an unknown critical extension, and one that is not critical. */
  private static byte[] ofEverything() {
    Instant start = Instant.parse("2024-06-01T12:00:00Z");
    TestCertificate certificate =
        new TestCertificate("regional", "root", start, start.plusSeconds(60));
    certificate.ca(1);
    certificate.extend(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), true, DERNull.INSTANCE);
    certificate.extend(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.2"), false, DERNull.INSTANCE);
    certificate.fields =
        all -> {
          all.add(7, new DERTaggedObject(false, 1, new DERBitString(new byte[] {1})));
          all.add(8, new DERTaggedObject(false, 2, new DERBitString(new byte[] {2})));
        };
    return certificate.der();
  }

  private static PathCertificate read(int index) throws AttestationException {
    return CertificateReader.read(
        Bytes.of(new TestDocument().ders()[index]), CryptoProvider.bouncyCastle());
  }
}
