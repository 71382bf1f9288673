package dev.occ.signer.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathValidatorException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GenuineForgeriesTest {
  private byte[] genuine = new byte[0];
  private Map<String, byte[]> forgeries = Map.of();

  @BeforeEach
  void readGenuine() throws IOException {
    Path file = Path.of(System.getProperty("occ.vectors"), "attestation", "5a2eac9dac9d.cose");
    assumeTrue(
        Files.exists(file), () -> "no test vector " + file + "; OCC_VECTORS names their folder");
    genuine = Files.readAllBytes(file);
    forgeries = GenuineForgeries.of(genuine).all();
  }

  @Test
  void rebuilt_genuine_isTheSame() throws Exception {
    assertThat(GenuineForgeries.of(genuine).rebuilt()).isEqualTo(genuine);
    assertThat(JdkChecks.signatureVerifies(genuine)).isTrue();
    JdkChecks.validatePath(genuine, genuineRoot());
  }

  @Test
  void all_always_differFromTheGenuineDocument() {
    assertThat(forgeries)
        .hasSize(17)
        .allSatisfy((name, document) -> assertThat(document).as(name).isNotEqualTo(genuine));
  }

  @Test
  void chains_ofOurOwn_areSignedWellButDoNotReachTheGenuineRoot() throws Exception {
    for (String name :
        List.of(
            "own-leaf-under-genuine-bundle",
            "own-instance-under-genuine-zonal",
            "own-root-with-genuine-names",
            "genuine-root-then-own-chain",
            "genuine-root-then-self-signed-ca")) {
      byte[] forgery = forgery(name);
      assertThat(JdkChecks.signatureVerifies(forgery)).as(name).isTrue();
      assertThatThrownBy(() -> JdkChecks.validatePath(forgery, genuineRoot()))
          .as(name)
          .isInstanceOf(CertPathValidatorException.class);
    }
  }

  @Test
  void ownRoot_whenItIsTrusted_isAPerfectChain() throws Exception {
    byte[] forgery = forgery("own-root-with-genuine-names");
    byte[] itsRoot = AttestationReader.cabundle(forgery).get(0);
    JdkChecks.validatePath(forgery, itsRoot);
    assertThat(JdkChecks.parse(itsRoot).getSubjectX500Principal())
        .isEqualTo(JdkChecks.parse(genuineRoot()).getSubjectX500Principal());
  }

  @Test
  void trailingByteAndSecondAlgorithm_leaveTheGenuineSignatureInForce() throws Exception {
    byte[] trailing = forgery("trailing-byte-after-message");
    assertThat(trailing).startsWith(genuine).hasSize(genuine.length + 1);
    for (String name : List.of("alg-es384-also-unprotected", "alg-es256-also-unprotected")) {
      assertThat(JdkChecks.signatureVerifies(forgery(name))).as(name).isTrue();
      assertThat((Map<?, ?>) AttestationReader.message(forgery(name)).get(1)).hasSize(1);
    }
  }

  @Test
  void trailingByteAfterCertificates_isThere() {
    byte[] leaf =
        AttestationReader.bytes(forgery("trailing-byte-after-certificate"), "certificate");
    assertThat(leaf).hasSize(AttestationReader.bytes(genuine, "certificate").length + 1);
    for (int index = 0; index < 4; index++) {
      List<byte[]> changed = AttestationReader.cabundle(forgery("trailing-byte-after-ca-" + index));
      for (int other = 0; other < 4; other++) {
        assertThat(
                changed.get(other).length - AttestationReader.cabundle(genuine).get(other).length)
            .isEqualTo(other == index ? 1 : 0);
      }
    }
  }

  @Test
  void changedContent_breaksTheGenuineSignature() throws Exception {
    for (String name : List.of("signed-by-own-key", "pcr0-replaced", "user-data-replaced")) {
      byte[] forgery = forgery(name);
      assertThat(JdkChecks.signatureVerifies(forgery)).as(name).isFalse();
      JdkChecks.validatePath(forgery, genuineRoot());
    }
  }

  private byte[] forgery(String name) {
    return Objects.requireNonNull(forgeries.get(name), name);
  }

  private byte[] genuineRoot() {
    return AttestationReader.cabundle(genuine).get(0);
  }
}
