package dev.occ.signer.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.signer.soft.Fault.Clause;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Shows what is wrong with faulty certificates and chains, by the JDK's own judgement or ours. */
class FaultPathsTest {
  /** What the JDK's path validation accepts, so that a verifier must see to it. */
  private static final Set<String> JDK_LETS_THROUGH =
      Set.of(
          "leaf-ca",
          "leaf-ca-path-length-0",
          "leaf-cert-sign",
          "leaf-without-digital-signature",
          "leaf-key-agreement-only",
          "leaf-p256",
          "instance-p256",
          "leaf-signed-with-sha256",
          "instance-signed-with-sha256",
          "leaf-trailing-byte",
          "root-trailing-byte",
          "regional-trailing-byte",
          "zonal-trailing-byte",
          "instance-trailing-byte",
          "leaf-pem",
          "root-replaced-in-bundle",
          "root-replaced-by-look-alike",
          "root-twice",
          "path-length-bundle-of-33");

  /** Depends on which curves a JDK still knows. */
  private static final Set<String> JDK_MAY_LET_THROUGH = Set.of("leaf-secp256k1");

  static List<Fault> ofPaths() {
    return AttestationFaults.all().stream()
        .filter(f -> f.clause() == Clause.CERTIFICATE || f.clause() == Clause.CHAIN)
        .filter(f -> !JDK_MAY_LET_THROUGH.contains(f.name()))
        .toList();
  }

  static List<Fault> ofOthers() {
    return AttestationFaults.all().stream()
        .filter(f -> f.clause() == Clause.SIGNATURE || f.clause() == Clause.BINDING || f.isValid())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("ofPaths")
  void path_eachFault_isRefusedByTheJdkUnlessListed(Fault fault) {
    byte[] document = fault.document(FaultFixture.AUTHORITY);
    if (fault.isValid() || JDK_LETS_THROUGH.contains(fault.name())) {
      assertThatCode(() -> validate(document)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> validate(document)).isInstanceOf(GeneralSecurityException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("ofOthers")
  void path_ofFaultsElsewhere_isGood(Fault fault) {
    byte[] document = fault.document(FaultFixture.AUTHORITY);
    assertThatCode(() -> validate(document)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "leaf-p256, 1.2.840.10045.3.1.7",
    "leaf-secp256k1, 1.3.132.0.10",
  })
  void leaf_onAnotherCurve_namesIt(String fault, String curve) {
    assertThat(leaf(fault).getSubjectPublicKeyInfo().getAlgorithm().getParameters())
        .isEqualTo(new ASN1ObjectIdentifier(curve));
  }

  @Test
  void explicitCurve_inLeafAndInstance_spellsOutTheParametersOfP384() {
    Certificate instance =
        Certificate.getInstance(FaultFixture.raw("instance-explicit-curve").cabundle().get(3));
    for (Certificate certificate : List.of(leaf("leaf-explicit-curve"), instance)) {
      X9ECParameters parameters =
          X9ECParameters.getInstance(
              certificate.getSubjectPublicKeyInfo().getAlgorithm().getParameters());
      assertThat(parameters.getCurve().getFieldSize()).isEqualTo(384);
      assertThat(certificate.getSubjectPublicKeyInfo().getPublicKeyData().getBytes()).hasSize(97);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "leaf-cert-sign, 132",
    "leaf-without-digital-signature, 64",
    "leaf-key-agreement-only, 8",
  })
  void leaf_keyUsage_isWhatTheNameSays(String fault, int usage) {
    KeyUsage stated = KeyUsage.fromExtensions(leaf(fault).getTBSCertificate().getExtensions());
    assertThat(stated).isEqualTo(new KeyUsage(usage));
  }

  @ParameterizedTest
  @CsvSource({
    "leaf-signed-with-sha256, 1.2.840.10045.4.3.2, 1.2.840.10045.4.3.2",
    "leaf-algorithm-differs-inside, 1.2.840.10045.4.3.2, 1.2.840.10045.4.3.3",
    "leaf-algorithm-differs-outside, 1.2.840.10045.4.3.3, 1.2.840.10045.4.3.2",
  })
  void leaf_signatureAlgorithms_areWhatTheNameSays(String fault, String inner, String outer) {
    Certificate leaf = leaf(fault);
    assertThat(leaf.getTBSCertificate().getSignature().getAlgorithm().getId()).isEqualTo(inner);
    assertThat(leaf.getSignatureAlgorithm().getAlgorithm().getId()).isEqualTo(outer);
  }

  @Test
  void rootLookAlike_always_hasTheNameOfThePinnedRootOnly() {
    Certificate pinned = Certificate.getInstance(FaultFixture.AUTHORITY.rootCertificate());
    for (String fault : List.of("root-look-alike", "root-replaced-by-look-alike")) {
      Certificate root = Certificate.getInstance(FaultFixture.raw(fault).cabundle().get(0));
      assertThat(root.getSubject()).isEqualTo(pinned.getSubject());
      assertThat(root.getSubjectPublicKeyInfo()).isNotEqualTo(pinned.getSubjectPublicKeyInfo());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "root-only, 1",
    "path-length-bundle-of-2, 2",
    "root-missing, 3",
    "regional-missing, 3",
    "zonal-missing, 3",
    "instance-missing, 3",
    "order-reversed, 4",
    "zonal-twice, 5",
    "root-twice, 5",
    "root-before-other-root, 5",
    "path-length-0-below-instance, 5",
    "path-length-bundle-of-33, 33",
  })
  void cabundle_always_hasTheLengthThatTheNameSays(String fault, int length) {
    assertThat(FaultFixture.raw(fault).cabundle()).hasSize(length);
  }

  @ParameterizedTest
  @MethodSource("ofPaths")
  void certificates_ofPathFaults_areWithinTheLimitOfSize(Fault fault) {
    RawDocument document = RawDocument.of(fault.document(FaultFixture.AUTHORITY));
    assertThat(document.leaf()).hasSizeBetween(1, 1024);
    assertThat(document.cabundle()).allSatisfy(c -> assertThat(c).hasSizeBetween(1, 1024));
  }

  private static Certificate leaf(String fault) {
    return Certificate.getInstance(FaultFixture.raw(fault).leaf());
  }

  private static void validate(byte[] document) throws GeneralSecurityException {
    JdkChecks.validatePath(document, FaultFixture.AUTHORITY.rootCertificate());
  }
}
