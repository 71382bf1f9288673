package dev.occ.verifier.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.occ.proof.Proof;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChainVerificationTest {
  private final Histories history = new Histories();
  private final LedgerEpoch epoch = new LedgerEpoch("epoch", 1);
  private final LedgerChain chain = new LedgerChain(epoch, "global", history);

  @AfterEach
  void closeEpoch() {
    epoch.close();
  }

  @Test
  void add_proof_isVerifiedLikeItsDocument() throws ChainException {
    Proof proof = chain.good();
    try (ChainVerification verification = Histories.builder().build().start()) {
      verification.add("a", proof);
      ChainReport report = verification.finish();
      assertThat(report.isSound()).isTrue();
      assertThat(report.proofs()).isEqualTo(1);
    }
  }

  /** Documents do not pile up: whoever adds them waits for the threads. */
  @Test
  void add_manyDocuments_areJudgedMeanwhile() throws ChainException {
    chain.good(40);
    try (ChainVerification verification = Histories.builder().threads(1).build().start()) {
      for (byte[] document : history.documents) {
        verification.add("proof", document);
        verification.add("no proof", "{}".getBytes(StandardCharsets.UTF_8));
      }
      assertThat(verification.judged()).isEqualTo(64);
      assertThat(verification.invalid()).isEqualTo(32);
      ChainReport report = verification.finish();
      assertThat(verification.judged()).isEqualTo(80);
      assertThat(verification.invalid()).isEqualTo(40);
      assertThat(report.documents()).isEqualTo(80);
    }
  }

  @Test
  void add_whatIsNoProof_isReportedWithItsReason() throws ChainException {
    ChainReport report =
        Histories.verify(Histories.builder(), List.of("[]".getBytes(StandardCharsets.UTF_8)));
    ChainFault fault = report.found(FaultReason.INVALID_PROOF).shown().get(0);
    assertThat(fault.detail()).isPresent();
    assertThat(fault.text()).isNotEmpty();
    assertThat(fault.chain()).isEmpty();
  }

  @Test
  void threads_ofAHistoryThatIsNotClosed_doNotKeepTheProcess() throws ChainException {
    chain.good();
    ChainVerification verification = Histories.builder().threads(1).build().start();
    verification.add("a", history.documents.get(0));
    List<Thread> threads = verifierThreads();
    assertThat(threads).isNotEmpty().allMatch(Thread::isDaemon);
    verification.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> verification.add("b", history.documents.get(0)));
  }

  private static List<Thread> verifierThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("occ-chain-verifier"))
        .toList();
  }

  @Test
  void finish_twice_isMisuse() throws ChainException {
    try (ChainVerification verification = Histories.builder().build().start()) {
      assertThat(verification.finish().documents()).isZero();
      assertThatIllegalStateException().isThrownBy(verification::finish);
    }
  }
}
