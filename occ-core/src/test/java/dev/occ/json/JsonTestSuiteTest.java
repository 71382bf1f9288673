package dev.occ.json;

import static dev.occ.testing.Json.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.occ.testing.Vectors;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nicolas Seriot's JSONTestSuite: what RFC 8259 requires to be read, and to be refused. */
class JsonTestSuiteTest {
  /** RFC 8259 section 4 lets names repeat; spec 1 does not, and these two cases show it. */
  private static final Set<String> REFUSED_ON_PURPOSE =
      Set.of("y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json");

  static Stream<Arguments> cases() throws JsonException {
    Map<String, JsonValue> cases = Vectors.object("json/jsontestsuite.json").members();
    return cases.entrySet().stream()
        .map(
            entry ->
                Arguments.of(
                    entry.getKey(),
                    Base64.getDecoder().decode(((JsonString) entry.getValue()).text())));
  }

  @Test
  void cases_inTheVectors_areAllThere() throws Exception {
    assertThat(cases().map(c -> ((String) c.get()[0]).charAt(0)))
        .hasSizeGreaterThan(300)
        .contains('y', 'n', 'i')
        .containsOnly('y', 'n', 'i');
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void read_case_isAcceptedOrRefusedAsItsNameSays(String name, byte[] document) throws Exception {
    if (REFUSED_ON_PURPOSE.contains(name)) {
      assertRefused(() -> JsonValue.read(document), JsonException.Reason.DUPLICATE_MEMBER, "/a");
    } else if (name.startsWith("y_")) {
      JsonValue value = JsonValue.read(document);
      assertThat(JsonValue.read(value.toBytes())).isEqualTo(value);
    } else if (name.startsWith("n_")) {
      assertThat(catchThrowable(() -> JsonValue.read(document)))
          .isExactlyInstanceOf(JsonException.class);
    } else {
      Throwable refusal = catchThrowable(() -> JsonValue.read(document));
      if (refusal != null) {
        assertThat(refusal).isExactlyInstanceOf(JsonException.class);
      }
    }
  }
}
