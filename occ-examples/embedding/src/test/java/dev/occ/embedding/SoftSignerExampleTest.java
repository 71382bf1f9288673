package dev.occ.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Epoch;
import dev.occ.epoch.EpochException;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.soft.SoftSigner;
import dev.occ.verifier.ArtifactDigest;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.Rejected;
import dev.occ.verifier.Rejection;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationPolicy;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An example: testing an application that makes and checks proofs, with the software signer in
 * place of an enclave. Copy it. The test pins the epoch's key, so that its verifier accepts this
 * test's proofs and no others.
 */
class SoftSignerExampleTest {
  private static final byte[] INVOICE = "invoice 4711".getBytes(StandardCharsets.UTF_8);

  private Epoch epoch;
  private ProofVerifier verifier;

  @BeforeEach
  void openEpoch() throws EpochException {
    epoch = Epoch.open(SoftSigner.builder().measurement("soft:invoice-tests").open());
    verifier =
        ProofVerifier.create(
            VerificationPolicy.integrityOnly().toBuilder()
                .allowedPublicKeys(Set.of(epoch.publicKey()))
                .requireSlot()
                .build());
  }

  @AfterEach
  void closeEpoch() {
    epoch.close();
  }

  @Test
  void proof_ofAnInvoice_isAcceptedForThatInvoice() throws EpochException {
    byte[] document = prove(INVOICE).toBytes();
    assertThat(verifier.verify(document, ArtifactDigest.ofContent(INVOICE)))
        .isInstanceOfSatisfying(
            ValidProof.class,
            verified -> {
              assertThat(verified.artifactCompared()).isTrue();
              assertThat(verified.epochId()).contains(epoch.id());
            });
  }

  @Test
  void proof_ofAnInvoice_isRefusedForAnother() throws EpochException {
    byte[] document = prove(INVOICE).toBytes();
    assertThat(verifier.verify(document, ArtifactDigest.ofContent(new byte[] {1})))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> assertThat(rejected.reason()).isEqualTo(Rejection.ARTIFACT_MISMATCH));
  }

  @Test
  void proof_ofAnotherSigner_isRefused() throws EpochException {
    try (Epoch other = Epoch.open(SoftSigner.open())) {
      Proof proof =
          other.commit(CommitRequest.of(other.allocateSlot().id(), Bytes.sha256(INVOICE)));
      assertThat(verifier.verifyProofOnly(proof))
          .isInstanceOfSatisfying(
              Rejected.class,
              rejected -> assertThat(rejected.reason()).isEqualTo(Rejection.POLICY_PUBLIC_KEY));
    }
  }

  private Proof prove(byte[] artifact) throws EpochException {
    return epoch.commit(CommitRequest.of(epoch.allocateSlot().id(), Bytes.sha256(artifact)));
  }
}
