package dev.occ.verifier.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.proof.Bytes;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class AwsNitroRootTest {
  @Test
  void root_digest_isTheOneAwsPublishes() {
    PinnedRoot root = AwsNitroRoot.root();

    assertThat(root.aws()).isTrue();
    assertThat(Bytes.sha256(root.certificate().der().toByteArray()).toHex())
        .isEqualTo("641a0321a3e244efe456463195d606317ed7cdcc3c1756e09893f3c68f79bb5b");
    assertThat(root.certificate().x509().getSubjectX500Principal().getName())
        .isEqualTo("CN=aws.nitro-enclaves,OU=AWS,O=Amazon,C=US");
    assertThat(root.certificate().notAfter()).isEqualTo(Instant.parse("2049-10-28T14:28:05Z"));
  }

  @Test
  void load_anotherCertificate_fails() {
    String pem = Base64.getEncoder().encodeToString(new TestDocument().ders()[0]);

    assertThatThrownBy(() -> AwsNitroRoot.load(pem)).isInstanceOf(IllegalStateException.class);
  }
}
