package dev.occ.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.json.JsonException;
import dev.occ.verifier.attestation.AttestationRejection;
import dev.occ.verifier.chain.FaultReason;
import dev.occ.verifier.timestamp.TimestampRejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The guides list exactly the reasons and steps that the code has. */
class ReasonsDocTest {
  private static final Path DOCS = Path.of(System.getProperty("occ.root", ".."), "docs");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\|");

  @Test
  void verificationGuide_always_hasEachStepInOrder() throws IOException {
    assertThat(rows("verification.md", "## The steps, in order"))
        .containsExactlyElementsOf(codes(Check.Step.values(), Check.Step::code));
  }

  @Test
  void verificationGuide_always_hasEachReasonOnce() throws IOException {
    assertThat(rows("reasons.md", "## Reasons of rejected proofs"))
        .containsExactlyInAnyOrderElementsOf(codes(Rejection.values(), Rejection::code));
  }

  @Test
  void verificationGuide_always_hasEachDetailOnce() throws IOException {
    assertThat(rows("reasons.md", "### Details of `malformed`"))
        .containsExactlyInAnyOrderElementsOf(
            codes(JsonException.Reason.values(), JsonException.Reason::code));
    assertThat(rows("reasons.md", "### Details of `attestation-invalid`"))
        .containsExactlyInAnyOrderElementsOf(
            codes(AttestationRejection.values(), AttestationRejection::code));
    assertThat(rows("reasons.md", "### Details of `timestamp-invalid`"))
        .containsExactlyInAnyOrderElementsOf(
            codes(TimestampRejection.values(), TimestampRejection::code));
  }

  @Test
  void chainGuide_always_hasEachReasonOnce() throws IOException {
    assertThat(rows("chains.md", "## Reasons"))
        .containsExactlyInAnyOrderElementsOf(codes(FaultReason.values(), FaultReason::code));
  }

  private static <E> List<String> codes(E[] values, Function<E, String> code) {
    return Stream.of(values).map(code).toList();
  }

  /** The first cells of the tables between a heading and the next one. */
  private static List<String> rows(String page, String heading) throws IOException {
    String text = Files.readString(DOCS.resolve(page));
    int begin = text.indexOf("\n" + heading);
    assertThat(begin).as(heading).isNotNegative();
    int end = text.indexOf("\n#", begin + heading.length());
    return ROW.matcher(text.substring(begin, end < 0 ? text.length() : end))
        .results()
        .map((MatchResult row) -> row.group(1))
        .toList();
  }
}
