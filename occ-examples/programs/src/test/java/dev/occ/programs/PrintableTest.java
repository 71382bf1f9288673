package dev.occ.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void of_visibleText_isUnchanged() {
    assertThat(Printable.of("Zażółć 日本 \uD83D\uDE00 [x]")).isEqualTo("Zażółć 日本 \uD83D\uDE00 [x]");
  }

  @Test
  void of_controlCharacters_areEscaped() {
    assertThat(Printable.of("a\u001B[31mb\rc\nd\u0000\u009B"))
        .isEqualTo("a\\u001b[31mb\\u000dc\\u000ad\\u0000\\u009b");
  }

  @Test
  void of_whatHidesOrReordersText_isEscaped() {
    assertThat(Printable.of("\u202Etxt.exe\u200B\uFEFF\u2028"))
        .isEqualTo("\\u202etxt.exe\\u200b\\ufeff\\u2028");
  }

  @Test
  void of_loneSurrogateAndPrivateUse_areEscaped() {
    assertThat(Printable.of("\uD800 \uE000 \uDB40\uDC01"))
        .isEqualTo("\\ud800 \\ue000 \\udb40\\udc01");
  }
}
