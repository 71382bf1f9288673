package dev.occ.verifier;

import static dev.occ.verifier.Outcomes.rejected;
import static dev.occ.verifier.Outcomes.verified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.json.JsonObject;
import dev.occ.proof.Bytes;
import dev.occ.signer.soft.SoftAttestationAuthority;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 40;

  @Test
  void verify_oneVerifierInManyThreads_eachProofGetsItsOwnResult() throws Exception {
    SoftAttestationAuthority authority = SoftAttestationAuthority.create();
    ProofVerifier verifier =
        ProofVerifier.builder(VerificationPolicy.builder().requireAttestation().build())
            .trustRoot(SoftAttestationAuthority.FORMAT, Bytes.of(authority.rootCertificate()))
            .build();
    CyclicBarrier start = new CyclicBarrier(THREADS);
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (Forge forge = Forge.attestedBy(authority)) {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        JsonObject proof = forge.proofOn("chain " + i);
        tasks.add(() -> verifyManyTimes(verifier, proof, start));
      }
      for (Future<Integer> rounds : pool.invokeAll(tasks)) {
        assertThat(rounds.get()).isEqualTo(ROUNDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static int verifyManyTimes(ProofVerifier verifier, JsonObject proof, CyclicBarrier start)
      throws Exception {
    byte[] good = proof.toBytes();
    byte[] forged = Forge.set(proof, "mallory", "principal", "id").toBytes();
    Bytes hash = Forge.read(proof).proofHash();
    String chain = Forge.read(proof).commit().chain();
    int rounds = 0;
    assertThat(start.await()).isNotNegative();
    for (int i = 0; i < ROUNDS; i++) {
      ValidProof verified = verified(verifier.verifyProofOnly(good));
      assertThat(verified.proofHash()).isEqualTo(hash);
      assertThat(verified.chain()).isEqualTo(chain);
      assertThat(verified.checks()).hasSameSizeAs(ProofVerifierTest.STEPS);
      rejected(verifier.verifyProofOnly(forged), Rejection.SIGNATURE_INVALID);
      rounds++;
    }
    return rounds;
  }
}
