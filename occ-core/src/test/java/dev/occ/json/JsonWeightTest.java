package dev.occ.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWeightTest {
  private static final int LENGTH = 256 * 1024;

  /** What is allocated while a document is read is more than what stays of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"\":0}",
        "{}",
        "[]",
        "0",
        "\"\"",
        "\"a\"",
        "null",
        "{\"a\":{\"b\":[]}}",
        "[[[[0]]]]",
        "{\"a\":1,\"b\":2,\"c\":3,\"d\":4}",
        "12345678901234567890",
        "\"\u20ac\"",
        "\"\\n\""
      })
  void of_manyOfOneKind_isNotBelowWhatStaysOfIt(String unit) throws Exception {
    StringBuilder text = new StringBuilder("[").append(unit);
    while (text.length() < LENGTH) {
      text.append(',').append(unit);
    }
    byte[] document = text.append(']').toString().getBytes(StandardCharsets.UTF_8);
    JsonLimits limits = JsonLimits.DEFAULT;
    assertThat(JsonValue.read(document, limits)).isNotNull(); // classes are loaded now
    long before = used();
    JsonValue kept = JsonValue.read(document, limits);
    long taken = used() - before;
    assertThat(kept).isNotNull();
    assertThat(JsonWeight.of(document)).isGreaterThan(taken);
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void of_structureInsideStrings_countsAsText() {
    byte[] text = "\"{[:,\\\"{[:,\"".getBytes(StandardCharsets.UTF_8);
    assertThat(JsonWeight.of(text)).isLessThan(JsonWeight.of(new byte[1]) + 2L * text.length);
  }

  @Test
  void of_anyBytes_isAtLeastTwiceTheirLength() {
    assertThat(JsonWeight.of(new byte[0])).isPositive();
    assertThat(JsonWeight.of(new byte[] {'"', '\\'})).isGreaterThan(4);
  }
}
