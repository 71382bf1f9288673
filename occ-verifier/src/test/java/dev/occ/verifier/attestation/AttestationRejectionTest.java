package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.Verdicts.assertRefused;
import static dev.occ.verifier.attestation.Verdicts.assertTrusted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.Bytes;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule, broken one at a time; no rule without a document that breaks it. */
final class AttestationRejectionTest {
  private static final List<Fault> FAULTS =
      Stream.of(CoseFaults.all(), FieldFaults.all(), PathFaults.all(), ProfileFaults.all())
          .flatMap(List::stream)
          .toList();

  private final AttestationVerifier verifier =
      AttestationVerifier.builder().root(Bytes.of(new TestDocument().ders()[0])).build();

  static List<Fault> faults() {
    return FAULTS;
  }

  @Test
  void verify_nothingBroken_isTrusted() {
    assertTrusted(verifier.verify(new TestDocument().build()));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void verify_oneRuleBroken_isRefusedForIt(Fault fault) {
    assertRefused(verifier.verify(fault.document().toByteArray()), fault.reason());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void verify_oneRuleBrokenAfterGoodDocument_isRefusedAllTheSame(Fault fault) {
    assertTrusted(verifier.verify(new TestDocument().build()));
    assertRefused(verifier.verify(fault.document().toByteArray()), fault.reason());
    assertRefused(verifier.verify(fault.document().toByteArray()), fault.reason());
  }

  @Test
  void verify_oddAndAllowed_isTrusted() {
    for (Consumer<TestDocument> change : ProfileFaults.allowed()) {
      assertTrusted(verifier.verify(new TestDocument().with(change).build()));
    }
  }

  @Test
  void faults_all_coverEveryReason() {
    assertThat(FAULTS.stream().map(Fault::reason).collect(Collectors.toSet()))
        .isEqualTo(EnumSet.allOf(AttestationRejection.class));
  }

  @Test
  void code_everyReason_isKebabCaseAndUnique() {
    Set<String> codes = new HashSet<>();
    for (AttestationRejection reason : AttestationRejection.values()) {
      assertThat(reason.code()).matches("[a-z0-9]+(-[a-z0-9]+)*");
      assertThat(codes.add(reason.code())).isTrue();
    }
    assertThat(AttestationRejection.PCR_INDEX.code()).isEqualTo("pcr-index");
  }

  /** Codes and their order are part of the interface: only ever add at the end. */
  @Test
  void code_firstAndLast_areStable() {
    assertThat(Arrays.stream(AttestationRejection.values()).map(AttestationRejection::code))
        .startsWith("document-too-large", "cbor-malformed", "cbor-not-allowed")
        .endsWith("certificate-profile", "cabundle-reversed", "nitrotpm-document");
  }
}
