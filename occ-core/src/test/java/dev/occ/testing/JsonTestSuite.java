package dev.occ.testing;

import dev.occ.json.JsonException;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Nicolas Seriot's JSONTestSuite, out of the shared vectors. */
public final class JsonTestSuite {
  /** RFC 8259 section 4 lets names repeat; spec 1 does not, and these two cases show it. */
  public static final Set<String> REFUSED_ON_PURPOSE =
      Set.of("y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json");

  private JsonTestSuite() {}

  /** The name and the document of each case. */
  public static Stream<Arguments> cases() throws JsonException {
    Map<String, JsonValue> cases = Vectors.object("json/jsontestsuite.json").members();
    return cases.entrySet().stream()
        .map(
            entry ->
                Arguments.of(
                    entry.getKey(),
                    Base64.getDecoder().decode(((JsonString) entry.getValue()).text())));
  }
}
