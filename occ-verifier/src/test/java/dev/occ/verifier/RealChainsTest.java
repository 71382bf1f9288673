package dev.occ.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.proof.Counter;
import dev.occ.verifier.chain.ChainException;
import dev.occ.verifier.chain.ChainReport;
import dev.occ.verifier.chain.ChainSummary;
import dev.occ.verifier.chain.ChainVerifier;
import dev.occ.verifier.chain.EpochSummary;
import dev.occ.verifier.chain.FaultReason;
import dev.occ.verifier.chain.LinkedRange;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The real proofs of the production service, as histories. */
class RealChainsTest {
  @Test
  void verify_stubChain_isLinkedAndBeginsInTheMiddle() throws ChainException {
    ChainReport report = verify(Vectors.STUB_2, Vectors.STUB_1);
    assertThat(report.findings()).containsOnlyKeys(FaultReason.MISSING_START);
    assertThat(report.isSound()).isTrue();
    ChainSummary chain = only(report).chains().shown().get(0);
    assertThat(chain.ranges().shown())
        .containsExactly(new LinkedRange(Counter.of(3), Counter.of(4), 2));
    assertThat(only(report).epochId()).isEmpty();
  }

  @Test
  void verify_secondOfStubChainAlone_isSoundAsAPart() throws ChainException {
    assertThat(verify(Vectors.STUB_2).isSound()).isTrue();
  }

  @Test
  void verify_anchor_isRecognised() throws ChainException {
    ChainReport report = verify(Vectors.ANCHOR);
    assertThat(report.isSound()).isTrue();
    EpochSummary epoch = only(report);
    assertThat(epoch.firstBlock()).contains(Counter.of(24_800_448));
    assertThat(epoch.chains().shown().get(0).id().chain()).isEqualTo("occ:main");
    assertThat(epoch.chains().shown().get(0).bounds().shown().get(0).madeAfter())
        .contains(Counter.of(24_800_448));
  }

  @Test
  void verify_allRealProofs_areValid() throws ChainException {
    ChainReport report =
        verify(Vectors.NITRO, Vectors.NITRO_POLICY, Vectors.ANCHOR, Vectors.STUB_1, Vectors.STUB_2);
    assertThat(report.proofs()).isEqualTo(5);
    assertThat(report.count(FaultReason.INVALID_PROOF)).isZero();
  }

  private static EpochSummary only(ChainReport report) {
    assertThat(report.epochs().shown()).hasSize(1);
    return report.epochs().shown().get(0);
  }

  private static ChainReport verify(String... names) throws ChainException {
    Map<String, byte[]> documents = new LinkedHashMap<>();
    for (String name : names) {
      documents.put(name, Vectors.proof(name));
    }
    VerificationPolicy policy = VerificationPolicy.builder().skipAttestation().historical().build();
    return ChainVerifier.builder(ProofVerifier.create(policy)).partial().build().verify(documents);
  }
}
