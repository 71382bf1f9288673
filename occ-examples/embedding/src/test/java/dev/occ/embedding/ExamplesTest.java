package dev.occ.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.Slot;
import dev.occ.proof.Bytes;
import dev.occ.proof.Counter;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftAttestationAuthority;
import dev.occ.signer.soft.SoftSigner;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.VerificationPolicy;
import dev.occ.verifier.attestation.AttestationVerifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {
  private static final String SOME_PCR0 = "5a".repeat(48);

  @TempDir private Path folder;

  @Test
  void sign_twoFiles_writesLinkedProofs() throws Exception {
    Path one = Files.writeString(folder.resolve("one"), "1");
    Path two = Files.writeString(folder.resolve("two"), "2");
    SignExample.sign(List.of(one, two));
    Proof first = Proof.read(Files.readAllBytes(folder.resolve("one.occ.json")));
    Proof second = Proof.read(Files.readAllBytes(folder.resolve("two.occ.json")));
    assertThat(first.commit().counter()).contains(Counter.of(2));
    assertThat(second.commit().prev()).contains(first.sealedHash());
  }

  @Test
  void verify_proofOfThatFile_isProven() throws Exception {
    Path file = Files.writeString(folder.resolve("one"), "1");
    SoftAttestationAuthority authority = SoftAttestationAuthority.create();
    String pcr0 = SoftAttestationAuthority.measurementOf("example");
    Path proof = folder.resolve("one.occ.json");
    try (Epoch epoch =
        Epoch.open(SoftSigner.builder().measurement(pcr0).attestedBy(authority).open())) {
      Bytes digest = Bytes.sha256(Files.readAllBytes(file));
      Slot slot = epoch.allocateSlot();
      Files.write(proof, epoch.commit(CommitRequest.of(slot.id(), digest)).toBytes());
    }
    ProofVerifier verifier =
        ProofVerifier.builder(attested(pcr0))
            .trustRoot(SoftAttestationAuthority.FORMAT, Bytes.of(authority.rootCertificate()))
            .build();
    assertThat(new VerifyExample(verifier).check(file, proof))
        .startsWith("proven: " + Bytes.sha256(Files.readAllBytes(file)).toHex());
  }

  @Test
  void attestation_ofThatCode_givesWhatItWantedAttested() throws Exception {
    SoftAttestationAuthority authority = SoftAttestationAuthority.create();
    String pcr0 = SoftAttestationAuthority.measurementOf("example");
    AttestationVerifier verifier =
        AttestationVerifier.builder().root(Bytes.of(authority.rootCertificate())).build();
    try (SoftSigner signer = SoftSigner.builder().measurement(pcr0).attestedBy(authority).open()) {
      byte[] document = signer.attest(new byte[] {1, 2, 3});
      Bytes code = Bytes.fromHex(pcr0);
      assertThat(AttestationExample.userData(verifier, document, code))
          .isEqualTo(Bytes.of(new byte[] {1, 2, 3}));
      assertThatThrownBy(
              () -> AttestationExample.userData(verifier, document, Bytes.of(new byte[48])))
          .isInstanceOf(SecurityException.class);
    }
  }

  @Test
  void verify_softwareProof_isRefusedByAPolicyForEnclaves() throws Exception {
    Path file = Files.writeString(folder.resolve("one"), "1");
    SignExample.sign(List.of(file));
    assertThat(new VerifyExample(SOME_PCR0).check(file, folder.resolve("one.occ.json")))
        .startsWith("refused: policy-enforcement");
  }

  @Test
  void verify_changedFile_isRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("one"), "1");
    SignExample.sign(List.of(file));
    Files.writeString(file, "2");
    assertThat(new VerifyExample(SOME_PCR0).check(file, folder.resolve("one.occ.json")))
        .startsWith("refused: artifact-mismatch");
  }

  @Test
  void verify_unreadableProof_isRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("one"), "1");
    assertThat(new VerifyExample(SOME_PCR0).check(file, file)).startsWith("refused: malformed");
  }

  /** As {@code measuredTee}, but for the tier: a software signer never calls itself measured. */
  private static VerificationPolicy attested(String pcr0) {
    return VerificationPolicy.builder()
        .requireAttestation()
        .requireSlot()
        .allowedMeasurements(List.of(pcr0))
        .build();
  }
}
