package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.Verdicts.assertRefused;
import static dev.occ.verifier.attestation.Verdicts.assertTrusted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.proof.Bytes;
import dev.occ.verifier.attestation.AttestationResult.Rejected;
import dev.occ.verifier.attestation.AttestationResult.Trusted;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AttestationVerifierTest {
  private final TestDocument document = new TestDocument();
  private final Bytes root = Bytes.of(document.ders()[0]);
  private final AttestationVerifier verifier = AttestationVerifier.builder().root(root).build();

  @Test
  void verify_trusted_carriesWhatWasEstablished() throws Exception {
    Trusted trusted = verifier.verify(document.build()).orElseThrow();

    assertThat(trusted.isAwsRoot()).isFalse();
    assertThat(trusted.document().moduleId()).isEqualTo("i-0123456789abcdef0-enc0123456789abcdef");
    assertThat(trusted.judgedAt()).isEqualTo(TestDocument.TIME);
    assertThat(trusted.notBefore()).isEqualTo(TestDocument.TIME.minusSeconds(30));
    assertThat(trusted.notAfter()).isEqualTo(TestDocument.TIME.plus(Duration.ofHours(3)));
    assertThat(trusted.chain()).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertThat(trusted.chain().get(i).getEncoded()).isEqualTo(document.ders()[i]);
    }
  }

  @Test
  void verify_decodedDocumentAndTime_judgesAtThatTime() throws Exception {
    NitroAttestation decoded = NitroAttestation.decode(document.build());
    Instant later = TestDocument.TIME.plusSeconds(60);

    assertTrusted(verifier.verify(decoded));
    assertThat(verifier.verify(decoded, later).orElseThrow().judgedAt()).isEqualTo(later);
    assertRefused(verifier.verify(decoded, Instant.MAX), AttestationRejection.CERTIFICATE_EXPIRED);
  }

  @Test
  void orElseThrow_refused_throwsTheReason() {
    AttestationResult refused = verifier.verify(new byte[0]);

    assertRefused(refused::orElseThrow, AttestationRejection.CBOR_MALFORMED);
    assertRefused(
        () -> verifier.verify(new byte[0], Instant.EPOCH).orElseThrow(),
        AttestationRejection.CBOR_MALFORMED);
  }

  @Test
  void verify_debugEnclave_isTrustedOnlyWhenAllowed() throws Exception {
    byte[] debug = document.member("pcrs", TestDocument.pcrs(0)).build();

    assertRefused(verifier.verify(debug), AttestationRejection.DEBUG_ENCLAVE);
    Trusted trusted =
        AttestationVerifier.builder()
            .root(root)
            .allowDebugEnclave()
            .build()
            .verify(debug)
            .orElseThrow();
    assertThat(trusted.document().isDebug()).isTrue();
  }

  @Test
  void isDebug_oneOfThreePcrsSet_isFalse() throws Exception {
    for (int set = 0; set < 3; set++) {
      byte[][] entries = new byte[6][];
      for (int i = 0; i < 3; i++) {
        entries[2 * i] = Cbor.integer(i);
        entries[2 * i + 1] = Cbor.zeros(48);
      }
      entries[2 * set + 1][20] = 1;
      byte[] measured = document.member("pcrs", Cbor.map(entries)).build();
      assertThat(NitroAttestation.decode(measured).isDebug()).isFalse();
    }
  }

  @Test
  void verify_anotherRootsDocument_isRefused() {
    assertRefused(
        AttestationVerifier.aws().verify(document.build()), AttestationRejection.ROOT_NOT_PINNED);
  }

  @Test
  void verify_severalRoots_eachIsTrusted() {
    TestDocument other = new TestDocument();
    other.certificate(0, c -> c.serial = 77);
    AttestationVerifier both =
        AttestationVerifier.builder().awsRoot().root(root).root(Bytes.of(other.ders()[0])).build();

    assertTrusted(both.verify(document.build()));
    assertTrusted(both.verify(other.build()));
    assertRefused(verifier.verify(other.build()), AttestationRejection.ROOT_NOT_PINNED);
  }

  @Test
  void withRoots_certificates_trustsThem() throws Exception {
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(root.toByteArray()));

    assertTrusted(AttestationVerifier.withRoots(certificate).verify(document.build()));
    AttestationVerifier built =
        AttestationVerifier.builder().root(certificate).allowDebugEnclave().build();
    assertTrusted(built.verify(document.build()));
  }

  @Test
  void verify_awsRootGivenAsBytes_isStillAws() throws Exception {
    byte[] genuine = Vectors.attestation(Vectors.PRODUCTION);
    Bytes der = NitroAttestation.decode(genuine).caBundle().get(0);

    Trusted trusted = AttestationVerifier.builder().root(der).build().verify(genuine).orElseThrow();

    assertThat(trusted.isAwsRoot()).isTrue();
  }

  @Test
  void build_withoutRoot_isRefused() {
    assertThatThrownBy(() -> AttestationVerifier.builder().build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(AttestationVerifier::withRoots).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cachedPaths_negative_isRefused() {
    assertThatThrownBy(() -> AttestationVerifier.builder().cachedPaths(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void root_noCaCertificate_isRefused() {
    assertRootRefused(c -> c.extend(Extension.basicConstraints, true, new BasicConstraints(false)));
    assertRootRefused(c -> c.usage(KeyUsage.digitalSignature));
    byte[] der = root.toByteArray();
    for (byte[] bad : new byte[][] {new byte[0], Arrays.copyOf(der, der.length + 1)}) {
      assertThatThrownBy(() -> AttestationVerifier.builder().root(Bytes.of(bad)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void assertRootRefused(Consumer<TestCertificate> change) {
    Bytes bad = Bytes.of(new TestDocument().certificate(0, change).ders()[0]);
    assertThatThrownBy(() -> AttestationVerifier.builder().root(bad))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The JDK does not apply the anchor's own path length constraint. */
  @Test
  void verify_rootWithPathLength_isHeldToIt() {
    document.certificate(0, c -> c.ca(2));
    assertRefused(under(document), AttestationRejection.PATH_LENGTH_EXCEEDED);

    document.certificate(0, c -> c.ca(3));
    assertTrusted(under(document));
  }

  /** Nor does it look at the anchor's validity. */
  @Test
  void verify_rootOutsideItsValidity_isRefused() {
    document.certificate(0, c -> c.notAfter = TestDocument.TIME.minusSeconds(1));
    assertRefused(under(document), AttestationRejection.CERTIFICATE_EXPIRED);

    document.certificate(
        0,
        c -> {
          c.notBefore = TestDocument.TIME.plusSeconds(1);
          c.notAfter = TestDocument.TIME.plusSeconds(1000);
        });
    assertRefused(under(document), AttestationRejection.CERTIFICATE_NOT_YET_VALID);
  }

  @Test
  void verify_leafDirectlyUnderRoot_isTrusted() {
    document.path.subList(1, 4).clear();
    document.certificate(
        1,
        c -> {
          c.issuer = TestCertificate.name("root");
          c.issuerKey = TestKey.named("root");
        });

    assertTrusted(under(document));
  }

  /** A key rollover of a CA: issued to itself, so it does not count for path lengths. */
  @Test
  void verify_selfIssuedCa_doesNotCountForPathLengths() {
    TestCertificate again = TestDocument.certificate("regional", "regional", 19, 2);
    again.key = TestKey.named("regional again");
    again.publicKey = again.key.publicKey();
    document.path.add(2, again);
    document.certificate(3, c -> c.issuerKey = again.key);

    assertTrusted(under(document));
  }

  @Test
  void verify_leafUnderOtherModuleId_hasInstanceIdOnlyInAwsForm() throws Exception {
    for (String id : new String[] {"test", "i-0123-encXYZ", "-enc01", "i--enc01", "i-01-enc01 "}) {
      byte[] named = document.member("module_id", Cbor.text(id)).build();
      assertThat(verifier.verify(named).orElseThrow().document().instanceId()).isEmpty();
    }
    byte[] named = document.member("module_id", Cbor.text("i-01ab-enc02cd")).build();
    assertThat(NitroAttestation.decode(named).instanceId()).hasValue("i-01ab");
  }

  @Test
  void verify_null_isMisuse() {
    byte[] good = document.build();
    assertThatThrownBy(() -> verifier.verify(good, Misuse.instant()))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> verifier.verify(Misuse.document()))
        .isInstanceOf(NullPointerException.class);
  }

  /** Every form in which the signed structure writes the header's length, and its neighbours. */
  @ParameterizedTest
  @ValueSource(ints = {0, 16, 17, 18, 19, 248, 249, 250, 251, 252, 700})
  void verify_longerProtectedHeader_isTrusted(int keyIdLength) {
    document.protectedHeader = Cbor.join(Cbor.hex("a2013822" + "04"), Cbor.zeros(keyIdLength));

    assertTrusted(verifier.verify(document.build()));
  }

  @Test
  void refused_isAValue() {
    assertThat(new Rejected(AttestationRejection.PCR_INDEX, "x"))
        .isEqualTo(new Rejected(AttestationRejection.PCR_INDEX, "x"));
  }

  private static AttestationResult under(TestDocument document) {
    return AttestationVerifier.builder()
        .root(Bytes.of(document.ders()[0]))
        .build()
        .verify(document.build());
  }

  /** Nulls that the compiler cannot see. */
  @SuppressWarnings("NullAway") // the point is to hand in null
  private static final class Misuse {
    static Instant instant() {
      return null;
    }

    static byte[] document() {
      return null;
    }
  }
}
