package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.Cbor.bytes;
import static dev.occ.verifier.attestation.Cbor.hex;
import static dev.occ.verifier.attestation.Verdicts.assertRefused;
import static dev.occ.verifier.attestation.Verdicts.assertTrusted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.Bytes;
import dev.occ.verifier.attestation.AttestationResult.Rejected;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Certificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Forgeries around genuine AWS material, under AWS's pinned root. */
final class ForgeryTest {
  private final AttestationVerifier aws = AttestationVerifier.aws();
  private byte[] genuine = {};
  private CoseSign1 cose = new CoseSign1(empty(), new CborValue.Null(), empty(), empty());
  private List<byte[]> certificates = List.of();

  private static Bytes empty() {
    return Bytes.of(new byte[0]);
  }

  @BeforeEach
  void readGenuine() throws Exception {
    genuine = Vectors.attestation(Vectors.PRODUCTION);
    cose = CoseSign1.read(genuine);
    NitroAttestation document = NitroAttestation.decode(genuine);
    certificates = new ArrayList<>();
    document.caBundle().forEach(c -> certificates.add(c.toByteArray()));
    certificates.add(document.certificate().toByteArray());
    assertTrusted(aws.verify(genuine));
  }

  @Test
  void verify_oneByteFlipped_neverTrusted() {
    for (int i = 0; i < genuine.length; i++) {
      byte[] flipped = genuine.clone();
      flipped[i] ^= (byte) (1 << (i % 8));
      assertThat(aws.verify(flipped)).as("byte " + i).isInstanceOf(Rejected.class);
    }
    assertThat(aws.cachedPaths()).isEqualTo(1);
  }

  @Test
  void verify_cutAnywhere_neverTrusted() {
    for (int i = 0; i < genuine.length; i++) {
      assertThat(aws.verify(Arrays.copyOf(genuine, i))).isInstanceOf(Rejected.class);
    }
  }

  @Test
  void verify_ownLeafUnderGenuineBundle_isRefused() {
    TestCertificate leaf = new TestDocument().path.get(4);
    leaf.issuer = issuerOfLeaf();
    leaf.notBefore = TestDocument.TIME.minusSeconds(86_400L * 1000);

    certificates.set(4, leaf.der());

    assertRefused(
        aws.verify(signed(certificates)), AttestationRejection.CERTIFICATE_SIGNATURE_INVALID);
  }

  @Test
  void verify_ownLeafWithOwnIssuerName_isRefused() {
    TestCertificate leaf = new TestDocument().path.get(4);
    leaf.notBefore = TestDocument.TIME.minusSeconds(86_400L * 1000);

    certificates.set(4, leaf.der());

    assertRefused(aws.verify(signed(certificates)), AttestationRejection.PATH_NAME_CHAINING);
  }

  @Test
  void verify_ownPathWithOwnRoot_isRefused() {
    assertRefused(aws.verify(new TestDocument().build()), AttestationRejection.ROOT_NOT_PINNED);
  }

  @Test
  void verify_ownRootOfTheSameName_isRefused() {
    TestDocument document = new TestDocument();
    X500Name aws = awsName();
    document.certificate(0, c -> c.issuer = aws).certificate(0, c -> c.subject = aws);
    document.certificate(1, c -> c.issuer = aws);

    assertRefused(this.aws.verify(document.build()), AttestationRejection.ROOT_NOT_PINNED);
  }

  @Test
  void verify_genuineRootBeforeOwnPath_isRefused() {
    TestDocument document = new TestDocument();
    byte[][] ders = document.ders();
    ders[0] = certificates.get(0);
    document.putCertificates(ders);

    assertRefused(aws.verify(document.build()), AttestationRejection.PATH_NAME_CHAINING);
  }

  @Test
  void verify_genuineRootThenSelfSignedCa_isRefused() {
    TestDocument document = new TestDocument();
    List<byte[]> ders = new ArrayList<>(List.of(document.ders()));
    ders.add(0, certificates.get(0));
    document.putCertificates(ders.toArray(byte[][]::new));

    assertRefused(aws.verify(document.build()), AttestationRejection.PATH_NAME_CHAINING);
  }

  /** The CA takes the root's own name, so that names chain: only the signature gives it away. */
  @Test
  void verify_genuineRootThenSelfSignedCaOfItsName_isRefused() {
    TestDocument document = new TestDocument();
    X500Name name = awsName();
    document.certificate(0, c -> c.issuer = name).certificate(0, c -> c.subject = name);
    document.certificate(1, c -> c.issuer = name);
    List<byte[]> ders = new ArrayList<>(List.of(document.ders()));
    ders.add(0, certificates.get(0));
    document.putCertificates(ders.toArray(byte[][]::new));

    assertRefused(aws.verify(document.build()), AttestationRejection.CERTIFICATE_SIGNATURE_INVALID);
  }

  @Test
  void verify_genuinePathExtendedByItsLeaf_isRefused() {
    TestCertificate leaf = new TestDocument().path.get(4);
    leaf.notBefore = TestDocument.TIME.minusSeconds(86_400L * 1000);
    certificates.add(leaf.der());

    assertRefused(aws.verify(signed(certificates)), AttestationRejection.ISSUER_NOT_CA);
  }

  @Test
  void verify_byteAfterEachCertificate_isRefused() {
    for (int i = 1; i < certificates.size(); i++) {
      List<byte[]> changed = new ArrayList<>(certificates);
      changed.set(i, Arrays.copyOf(changed.get(i), changed.get(i).length + 1));
      assertRefused(aws.verify(signed(changed)), AttestationRejection.CERTIFICATE_TRAILING_BYTES);
    }
    certificates.set(0, Arrays.copyOf(certificates.get(0), certificates.get(0).length + 1));
    assertRefused(aws.verify(signed(certificates)), AttestationRejection.ROOT_NOT_PINNED);
  }

  @Test
  void verify_byteAfterDocumentOrPayload_isRefused() {
    assertRefused(
        aws.verify(Arrays.copyOf(genuine, genuine.length + 1)),
        AttestationRejection.CBOR_TRAILING_BYTES);
    byte[] payload = cose.payload().toByteArray();
    assertRefused(
        aws.verify(genuineWith("a0", Arrays.copyOf(payload, payload.length + 1))),
        AttestationRejection.CBOR_TRAILING_BYTES);
  }

  @Test
  void verify_secondAlgorithmUnprotected_isRefused() {
    byte[] payload = cose.payload().toByteArray();

    assertTrusted(aws.verify(genuineWith("a0", payload)));
    assertRefused(
        aws.verify(genuineWith("a10126", payload)),
        AttestationRejection.COSE_ALGORITHM_UNPROTECTED);
    assertRefused(
        aws.verify(genuineWith("a1013822", payload)),
        AttestationRejection.COSE_ALGORITHM_UNPROTECTED);
  }

  /** A genuine enclave's path and key, and a payload that it never signed. */
  @Test
  void verify_genuinePathWithOtherPayload_isRefused() {
    assertRefused(aws.verify(signed(certificates)), AttestationRejection.SIGNATURE_INVALID);
  }

  @Test
  void verify_signatureOfAnotherGenuineDocument_isRefused() throws Exception {
    byte[] other = Vectors.attestation("a72552688ab6.cose");
    byte[] signature = CoseSign1.read(other).signature().toByteArray();
    byte[] changed = genuine.clone();
    System.arraycopy(signature, 0, changed, changed.length - 96, 96);

    assertRefused(aws.verify(changed), AttestationRejection.SIGNATURE_INVALID);
  }

  private byte[] genuineWith(String unprotected, byte[] payload) {
    return Cbor.array(
        bytes(cose.protectedHeader().toByteArray()),
        hex(unprotected),
        bytes(payload),
        bytes(cose.signature().toByteArray()));
  }

  /** A document of our own, at the genuine one's time, with these certificates. */
  private byte[] signed(List<byte[]> certificates) {
    TestDocument document = new TestDocument();
    document.putCertificates(certificates.toArray(byte[][]::new));
    document.member("timestamp", Cbor.integer(1_668_034_320_696L));
    return document.build();
  }

  private X500Name awsName() {
    return Certificate.getInstance(certificates.get(0)).getSubject();
  }

  private X500Name issuerOfLeaf() {
    return Certificate.getInstance(certificates.get(4)).getIssuer();
  }
}
