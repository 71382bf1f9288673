package dev.occ.signer.soft;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttestationFaultsTest {
  private static final SoftAttestationAuthority AUTHORITY =
      SoftAttestationAuthority.create(
          Clock.fixed(Instant.parse("2026-03-21T10:00:00.123Z"), ZoneOffset.UTC));

  static List<Fault> faults() {
    return AttestationFaults.all();
  }

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
    byte[] good = AttestationFaults.document(AUTHORITY).build();
    assertThat(JdkChecks.signatureVerifies(good)).isTrue();
    JdkChecks.validatePath(good, AUTHORITY.rootCertificate());
    assertThat(AttestationReader.bytes(good, "user_data")).isEqualTo(AttestationFaults.userData());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void document_eachFault_canBeBuilt(Fault fault) {
    assertThat(fault.document(AUTHORITY)).isNotNull();
  }
}
