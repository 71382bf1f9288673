package dev.occ.proof;

import static dev.occ.testing.Json.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.json.JsonException;
import dev.occ.json.JsonException.Reason;
import dev.occ.json.JsonLimits;
import dev.occ.json.JsonNull;
import dev.occ.json.JsonValue;
import dev.occ.testing.JsonTestSuite;
import java.io.ByteArrayOutputStream;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nicolas Seriot's JSONTestSuite through the reader of proofs, alone and inside a proof. */
final class JsonTestSuiteProofTest {
  /** What the JSON itself is refused for, before anyone asks what a proof must hold. */
  private static final Set<Reason> SYNTAX =
      EnumSet.of(
          Reason.MALFORMED,
          Reason.INVALID_UTF8,
          Reason.DUPLICATE_MEMBER,
          Reason.LONE_SURROGATE,
          Reason.TRAILING_CONTENT,
          Reason.TOO_DEEP,
          Reason.TOO_LARGE,
          Reason.NUMBER_OUT_OF_RANGE);

  /** None of the suite is a proof: which kind of refusal it meets is the question. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.occ.testing.JsonTestSuite#cases")
  void read_case_isRefusedForItsSyntaxOrForItsShape(String name, byte[] document) {
    Optional<Reason> refusal = refusal(document);
    assertThat(refusal).isPresent();
    if (name.startsWith("n_")) {
      assertThat(SYNTAX).contains(refusal.get());
    } else if (JsonTestSuite.REFUSED_ON_PURPOSE.contains(name)) {
      assertThat(refusal).contains(Reason.DUPLICATE_MEMBER);
    } else if (name.startsWith("y_")) {
      assertThat(SYNTAX).doesNotContain(refusal.get());
    }
  }

  /** As a member that a proof may have with any value, a case decides alone. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.occ.testing.JsonTestSuite#cases")
  void read_caseAsMetadata_isReadOrRefusedForItsSyntax(String name, byte[] document)
      throws JsonException {
    byte[] proof = withMetadata(document);
    Optional<Reason> refusal = refusal(proof);
    if (name.startsWith("n_")) {
      assertThat(refusal).isPresent();
    } else if (JsonTestSuite.REFUSED_ON_PURPOSE.contains(name)) {
      assertThat(refusal).contains(Reason.DUPLICATE_MEMBER);
    } else if (name.startsWith("y_")) {
      assertThat(refusal).isEmpty();
      assertThat(Proof.read(proof).metadata().orElseThrow().get("case"))
          .contains(JsonValue.read(document));
    }
    refusal.ifPresent(reason -> assertThat(SYNTAX).contains(reason));
  }

  private static Optional<Reason> refusal(byte[] proof) {
    JsonException e = catchThrowableOfType(JsonException.class, () -> Proof.read(proof));
    return Optional.ofNullable(e).map(JsonException::reason);
  }

  private static byte[] withMetadata(byte[] value) throws JsonException {
    String proof = TestProofs.full().with("metadata", JsonNull.NULL).toString();
    int at = proof.indexOf("\"metadata\":null") + "\"metadata\":".length();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(utf8(proof.substring(0, at) + "{\"case\":"));
    out.writeBytes(value);
    out.writeBytes(utf8("}" + proof.substring(at + "null".length())));
    assertThat(out.size()).isLessThan(JsonLimits.DEFAULT.maxBytes());
    return out.toByteArray();
  }
}
