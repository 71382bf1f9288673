package dev.occ.verifier.timestamp;

import static dev.occ.verifier.timestamp.TimestampRejection.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.verifier.timestamp.BrokenTokens.Case;
import dev.occ.verifier.timestamp.TimestampResult.Rejected;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reason for which a timestamp is refused has tokens that are refused for it. */
class TimestampRejectionTest {
  /** Those of an entry in a proof are in tests of their own. */
  private static final Set<TimestampRejection> OF_ENTRIES =
      EnumSet.of(
          ENTRY_MALFORMED,
          ENTRY_DIGEST_MISMATCH,
          ENTRY_TIME_MISMATCH,
          // These are of responses: TimestampRequestTest.
          RESPONSE_MALFORMED,
          RESPONSE_REJECTED,
          NONCE_MISMATCH);

  private static final List<Case> CASES = cases();

  static List<Case> all() {
    return CASES;
  }

  @Test
  void catalogue_everyReason_hasACase() {
    Set<TimestampRejection> covered = EnumSet.copyOf(OF_ENTRIES);
    CASES.forEach(one -> covered.add(one.reason()));
    assertThat(covered).containsExactlyInAnyOrder(TimestampRejection.values());
  }

  @Test
  void code_everyReason_hyphenatedWordsOfItsOwn() {
    assertThat(IMPRINT_MISMATCH.code()).isEqualTo("imprint-mismatch");
    assertThat(TimestampRejection.values())
        .extracting(TimestampRejection::code)
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("[a-z]+(-[a-z]+)*"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void verify_ruleBroken_refusedForThatReason(Case one) {
    TimestampResult result = TestToken.verifier().verify(one.token(), TestToken.DIGEST);
    assertThat(result).isInstanceOf(Rejected.class);
    assertThat(((Rejected) result).reason()).as("%s", result).isEqualTo(one.reason());
    assertThat(((Rejected) result).text()).isNotEmpty();
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    cases.addAll(BrokenStructures.cases());
    cases.addAll(BrokenCertificates.cases());
    cases.addAll(BrokenSignatures.cases());
    return cases;
  }
}
