package dev.occ.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.verifier.RejectionCases.Case;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every reason for which a proof is rejected has a proof that is rejected for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RejectionTest {
  private static final List<Check.Step> STEPS = List.of(Check.Step.values());

  private RejectionCases cases;

  @BeforeAll
  void makeCases() {
    cases = new RejectionCases();
  }

  @AfterAll
  void close() {
    cases.close();
  }

  @Test
  void catalogue_everyReason_hasACase() {
    assertThat(cases.reasons())
        .doesNotContainAnyElementsOf(RejectionCases.RETIRED)
        .hasSize(Rejection.values().length - RejectionCases.RETIRED.size());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "POLICY_ACTOR_NOT_CHECKED")
  void verify_ruleBroken_rejectedForThatReason(Rejection reason) {
    Case one = cases.of(reason);

    Rejected rejected = Outcomes.rejected(cases.verify(one), reason);
    assertThat(rejected.pointer().orElse("")).isEqualTo(one.pointer());
    assertThat(rejected.text()).isNotEmpty();
    Check last = rejected.checks().get(rejected.checks().size() - 1);
    assertThat(last).isEqualTo(new Check(one.step(), Check.Outcome.FAILED, rejected.text()));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "POLICY_ACTOR_NOT_CHECKED")
  void verify_ruleBroken_everyStepBeforeRanAndDidNotFail(Rejection reason) {
    Case one = cases.of(reason);
    List<Check> checks = cases.verify(one).checks();

    assertThat(checks)
        .extracting(Check::step)
        .containsExactlyElementsOf(STEPS.subList(0, STEPS.indexOf(one.step()) + 1));
    assertThat(checks.subList(0, checks.size() - 1))
        .extracting(Check::outcome)
        .doesNotContain(Check.Outcome.FAILED);
  }

  /** What only the policy refuses is intact, so the rule of the policy is all that is broken. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "POLICY_ACTOR_NOT_CHECKED")
  void verify_onlyPolicyBroken_verifiedUnderNoPolicy(Rejection reason) {
    Case one = cases.of(reason);
    VerificationResult result =
        cases
            .verifier(VerificationPolicy.builder().build())
            .verifyProofOnly(one.document().toBytes());

    assertThat(result instanceof ValidProof)
        .as("%s", result)
        .isEqualTo(
            one.step().compareTo(Check.Step.POLICY) >= 0 || one.step() == Check.Step.ARTIFACT);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "POLICY_ACTOR_NOT_CHECKED")
  void orElseThrow_rejected_exceptionWithTheReason(Rejection reason) {
    VerificationResult result = cases.verify(cases.of(reason));

    ProofRejectedException e =
        catchThrowableOfType(ProofRejectedException.class, () -> unused(result.orElseThrow()));
    assertThat(e.reason()).isEqualTo(reason);
    assertThat(e).hasMessageStartingWith(reason.code() + ": ");
  }

  @Test
  void codes_allEnums_stableKebabCaseAndUnique() {
    Set<String> codes = new HashSet<>();
    for (Rejection reason : Rejection.values()) {
      assertThat(reason.code()).matches("[a-z0-9]+(-[a-z0-9]+)*");
      assertThat(codes.add(reason.code())).as(reason.code()).isTrue();
    }
    assertThat(Check.Step.values())
        .extracting(Check.Step::code)
        .containsExactly(
            "structure",
            "artifact",
            "signature",
            "slot",
            "agency",
            "epoch-link",
            "attestation",
            "policy",
            "timestamp");
    assertThat(Check.Outcome.values())
        .extracting(Check.Outcome::code)
        .containsExactly("passed", "failed", "not-checked", "absent");
    assertThat(HistoricalForm.values())
        .extracting(HistoricalForm::code)
        .containsExactly(
            "user-data-without-attestation-format",
            "slot-hash-without-chain",
            "time",
            "epoch-link",
            "bitgraph-name");
    assertThat(HistoricalForm.values())
        .filteredOn(HistoricalForm::needsHistoricalMode)
        .containsExactly(
            HistoricalForm.USER_DATA_WITHOUT_FORMAT, HistoricalForm.SLOT_HASH_WITHOUT_CHAIN);
  }

  private static void unused(ValidProof verified) {
    assertThat(verified).isNull();
  }
}
