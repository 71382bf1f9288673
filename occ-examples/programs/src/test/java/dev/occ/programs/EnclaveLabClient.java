package dev.occ.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.enclave.EnclaveAddress;
import dev.occ.enclave.EnclaveClient;
import dev.occ.enclave.EnclaveException;
import dev.occ.enclave.EnclaveIdentity;
import dev.occ.epoch.CommitRequest;
import dev.occ.epoch.Slot;
import dev.occ.proof.Bytes;
import dev.occ.proof.Proof;
import dev.occ.signer.EnforcementTier;
import dev.occ.verifier.ArtifactDigest;
import dev.occ.verifier.ProofVerifier;
import dev.occ.verifier.Rejected;
import dev.occ.verifier.Rejection;
import dev.occ.verifier.ValidProof;
import dev.occ.verifier.VerificationPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The parent's side of the lab's last stage: asks the enclave program for proofs over vsock, and
 * looks at them as a verifier would. Run in the guest of the NSM lab; ends with an exception if
 * anything is not as it should be.
 */
final class EnclaveLabClient {
  private static final int PROOFS = 3;
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(200);

  private EnclaveLabClient() {}

  public static void main(String[] args) throws Exception {
    try (EnclaveClient client = EnclaveClient.open(EnclaveAddress.parse(args[0]))) {
      EnclaveIdentity identity = awaitEnclave(client);
      assertThat(identity.enforcement()).isEqualTo(EnforcementTier.MEASURED_TEE);
      assertThat(identity.measurement()).hasSize(96).doesNotMatch("0+");
      Optional<Bytes> head = Optional.empty();
      for (int i = 0; i < PROOFS; i++) {
        byte[] artifact = ("lab artifact " + i).getBytes(StandardCharsets.UTF_8);
        Proof proof = commit(client, artifact);
        assertThat(proof.commit().prev()).isEqualTo(head);
        check(proof, artifact, identity);
        head = Optional.of(proof.sealedHash());
      }
      System.out.println(PROOFS + " proofs over " + args[0] + ", PCR0 " + identity.measurement());
    }
  }

  private static EnclaveIdentity awaitEnclave(EnclaveClient client) throws EnclaveException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      try {
        return client.health().identity();
      } catch (EnclaveException e) {
        if (e.reason() != EnclaveException.Reason.UNAVAILABLE || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(POLL.toNanos());
      }
    }
  }

  private static Proof commit(EnclaveClient client, byte[] artifact) throws EnclaveException {
    Slot slot = client.allocateSlot();
    return client.commitDigest(CommitRequest.of(slot.id(), Bytes.sha256(artifact)));
  }

  /**
   * All holds but what only AWS can vouch for: QEMU's documents have zeros for their certificates.
   */
  static void check(Proof proof, byte[] artifact, EnclaveIdentity identity) throws Exception {
    ArtifactDigest digest = ArtifactDigest.ofContent(artifact);
    ValidProof verified =
        ProofVerifier.create(VerificationPolicy.integrityOnly())
            .verify(proof, digest)
            .orElseThrow();
    assertThat(verified.artifactCompared()).isTrue();
    assertThat(verified.slotChecked()).isTrue();
    assertThat(verified.publicKey()).isEqualTo(identity.publicKey());
    assertThat(verified.measurement()).isEqualTo(identity.measurement());

    VerificationPolicy policy = VerificationPolicy.measuredTee(identity.measurement());
    Rejected rejected = (Rejected) ProofVerifier.create(policy).verify(proof, digest);
    System.out.println("attestation refused: " + rejected.detail() + ", " + rejected.text());
    assertThat(rejected.reason()).isEqualTo(Rejection.ATTESTATION_INVALID);
  }
}
