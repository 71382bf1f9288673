package dev.occ.enclave;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.json.JsonException;
import dev.occ.json.JsonLimits;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectScannerTest {
  @Test
  void scan_braceInString_isNotTheEnd() throws JsonException {
    assertThat(end("{\"a\":\"}\\\"}\\\\\"}...")).isEqualTo(14);
  }

  @Test
  void scan_incomplete_asksForMore() throws JsonException {
    assertThat(end("{\"a\":[{}]")).isEqualTo(-1);
  }

  @Test
  void scan_deepest_isFound() throws JsonException {
    String json = "{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}";
    assertThat(end(json)).isEqualTo(json.length());
  }

  @Test
  void scan_deeperThan64_isTooDeep() {
    assertRefused("{\"a\":" + "[".repeat(64), JsonException.Reason.TOO_DEEP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "x",
        "\"",
        "GET / HTTP/1.1",
        "\u0000",
        "}",
        "{]",
        "{\"a\":[}",
        "{\"a\u0001\"}",
        "{\u0001",
        "{\u00e4",
        "{\u007f\u0080"
      })
  void scan_whatCannotBecomeAnObject_isMalformed(String text) {
    assertRefused(text, JsonException.Reason.MALFORMED);
  }

  @Property
  void scan_anyObjectSplitAnywhere_endsWhereTheParserEnds(
      @ForAll("documents") JsonObject document,
      @ForAll boolean pretty,
      @ForAll("tails") String tail,
      @ForAll List<Integer> cuts)
      throws JsonException {
    byte[] json = pretty ? trimmed(document.toPrettyBytes()) : document.toBytes();
    byte[] stream = concat(json, tail.getBytes(UTF_8));
    int end = endInPieces(stream, cuts);
    assertThat(end).isEqualTo(json.length);
    assertThat(JsonValue.read(Arrays.copyOf(stream, end))).isEqualTo(document);
  }

  @Property
  void scan_anyBytes_neverAcceptsLessThanTheParser(@ForAll("almostJson") String text)
      throws JsonException {
    byte[] bytes = text.getBytes(UTF_8);
    boolean parses;
    try {
      parses = JsonValue.read(bytes, JsonLimits.DEFAULT) instanceof JsonObject;
    } catch (JsonException e) {
      parses = false;
    }
    if (parses) {
      int start = 0;
      while (ObjectScanner.isSpace(bytes[start])) {
        start++;
      }
      int end = new ObjectScanner().scan(bytes, start, bytes.length);
      assertThat(new String(bytes, end, bytes.length - end, UTF_8)).isBlank();
    }
  }

  @Provide
  Arbitrary<JsonObject> documents() {
    return TestJson.objects();
  }

  @Provide
  Arbitrary<String> tails() {
    return Arbitraries.of("", "\n", "}", "{", "{\"a\":1}", "\"", " ,", "\u00e4");
  }

  @Provide
  Arbitrary<String> almostJson() {
    return Arbitraries.of("{", "}", "[", "]", "\"", "\\", ":", ",", "1", "a", " ", "\"k\"", "null")
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .map(parts -> "{" + String.join("", parts) + "}");
  }

  private static int endInPieces(byte[] stream, List<Integer> cuts) throws JsonException {
    int[] at =
        cuts.stream().mapToInt(cut -> Math.floorMod(cut, stream.length + 1)).sorted().toArray();
    ObjectScanner scanner = new ObjectScanner();
    int from = 0;
    for (int cut : at) {
      int end = scanner.scan(stream, from, cut);
      if (end >= 0) {
        return end;
      }
      from = cut;
    }
    return scanner.scan(stream, from, stream.length);
  }

  private static byte[] trimmed(byte[] pretty) {
    return Arrays.copyOf(pretty, pretty.length - 1); // its newline at the end
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static int end(String text) throws JsonException {
    byte[] bytes = text.getBytes(UTF_8);
    return new ObjectScanner().scan(bytes, 0, bytes.length);
  }

  private static void assertRefused(String text, JsonException.Reason reason) {
    JsonException refusal = catchThrowableOfType(JsonException.class, () -> end(text));
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(reason);
  }
}
