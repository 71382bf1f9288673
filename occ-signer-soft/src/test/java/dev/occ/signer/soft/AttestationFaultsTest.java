package dev.occ.signer.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AttestationFaultsTest {
  @Test
  void all_always_hasUniqueSpeakingNames() {
    Set<String> names = new HashSet<>();
    for (Fault fault : AttestationFaults.all()) {
      assertThat(fault.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
      assertThat(names.add(fault.name())).as(fault.name()).isTrue();
      assertThat(AttestationFaults.named(fault.name()).toString()).isEqualTo(fault.name());
    }
    assertThat(names).hasSizeGreaterThan(100);
  }

  @Test
  void document_unchanged_isGood() throws Exception {
    byte[] good = AttestationFaults.document(FaultFixture.AUTHORITY).build();
    assertThat(JdkChecks.signatureVerifies(good)).isTrue();
    JdkChecks.validatePath(good, FaultFixture.AUTHORITY.rootCertificate());
    assertThat(AttestationReader.bytes(good, "user_data")).isEqualTo(AttestationFaults.userData());
  }

  @Test
  void all_always_hasBrokenOnesOfEveryClauseAndSomeValidOnes() {
    for (Fault.Clause clause : Fault.Clause.values()) {
      assertThat(AttestationFaults.all())
          .as(clause.name())
          .anyMatch(fault -> fault.clause() == clause && !fault.isValid());
    }
    assertThat(AttestationFaults.all().stream().filter(Fault::isValid)).hasSizeGreaterThan(20);
  }

  @Test
  void named_unknown_isRefused() {
    assertThatThrownBy(() -> AttestationFaults.named("none"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
