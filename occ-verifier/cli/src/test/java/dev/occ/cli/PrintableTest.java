package dev.occ.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.occ.json.JsonException;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 7, 8, 0xA, 0xD, 0x1B, 0x7F, 0x85, 0x9B, 0xAD, 0x200B, 0x2028, 0x202E, 0x2066, 0xFEFF,
        0xE000, 0xE0001
      })
  void text_whatSteersOrHides_isEscaped(int codePoint) throws JsonException {
    String text = "a" + Character.toString(codePoint) + "b";

    assertThat(Printable.text(text)).isEqualTo("a\\u{" + Integer.toHexString(codePoint) + "}b");
    String json = Printable.json(new JsonString(text));
    assertThat(json).doesNotContain(Character.toString(codePoint));
    assertThat(JsonValue.read(json.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new JsonString(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "Grüße", "日本語", "✓ 🎉"})
  void text_readable_isKept(String text) {
    assertThat(Printable.text(text)).isEqualTo(text);
    assertThat(Printable.json(new JsonString(text))).isEqualTo('"' + text + '"');
  }

  @Test
  void text_escapeInTheText_isToldFromOurs() {
    assertThat(Printable.text("\\u{1b}")).isEqualTo("\\\\u{1b}");
    assertThat(Printable.text("\ud83c")).isEqualTo("\\u{d83c}");
  }

  @Test
  void text_long_isCut() {
    assertThat(Printable.text("x".repeat(Printable.MAX_LENGTH + 3)))
        .isEqualTo("x".repeat(Printable.MAX_LENGTH) + "… (3 more characters)");
  }
}
