package dev.occ.json;

import static dev.occ.testing.Json.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.occ.testing.JsonTestSuite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nicolas Seriot's JSONTestSuite: what RFC 8259 requires to be read, and to be refused. */
class JsonTestSuiteTest {
  @Test
  void cases_inTheVectors_areAllThere() throws Exception {
    assertThat(JsonTestSuite.cases().map(c -> ((String) c.get()[0]).charAt(0)))
        .hasSizeGreaterThan(300)
        .contains('y', 'n', 'i')
        .containsOnly('y', 'n', 'i');
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.occ.testing.JsonTestSuite#cases")
  void read_case_isAcceptedOrRefusedAsItsNameSays(String name, byte[] document) throws Exception {
    if (JsonTestSuite.REFUSED_ON_PURPOSE.contains(name)) {
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
