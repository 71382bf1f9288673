package dev.occ.signer.soft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.signer.soft.Fault.Clause;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Shows that faulty documents carry a good signature, unless the signature is the fault. */
class FaultSignaturesTest {
  /** Documents in which there is no signature, certificate or payload that one could look at. */
  private static final Set<String> UNREADABLE =
      Set.of(
          "document-empty",
          "document-truncated",
          "document-huge-length",
          "document-huge-array",
          "payload-truncated",
          "payload-empty",
          "payload-reserved-head",
          "payload-tagged",
          "payload-array",
          "payload-detached",
          "payload-not-bytes",
          "message-not-array",
          "message-0-elements",
          "message-3-elements",
          "protected-header-not-bytes",
          "signature-not-bytes",
          "certificate-missing",
          "certificate-null",
          "certificate-wrong-type",
          "certificate-0-bytes",
          "leaf-not-der",
          "leaf-truncated",
          "leaf-pem");

  static List<Fault> readable() {
    return AttestationFaults.all().stream()
        .filter(fault -> !UNREADABLE.contains(fault.name()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("readable")
  void document_eachReadableFault_isSignedWellUnlessTheSignatureIsTheFault(Fault fault)
      throws Exception {
    RawDocument document = RawDocument.of(fault.document(FaultFixture.AUTHORITY));
    assertThat(document.signatureVerifies()).isEqualTo(fault.clause() != Clause.SIGNATURE);
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void unreadable_eachName_isInTheCatalogue(String name) {
    assertThat(AttestationFaults.named(name).isValid()).isFalse();
  }

  static Set<String> unreadable() {
    return UNREADABLE;
  }
}
