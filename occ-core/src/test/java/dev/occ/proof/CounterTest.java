package dev.occ.proof;

import static dev.occ.json.JsonException.Reason.INVALID_COUNTER;
import static dev.occ.testing.Json.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CounterTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "+1",
        "-0",
        "00",
        "01",
        "007",
        "1 ",
        " 1",
        "1.0",
        "1e3",
        "0x1",
        "1_0",
        "18446744073709551616", // 2^64
        "18446744073709551620",
        "99999999999999999999",
        "100000000000000000000",
        "000000000000000000001",
        "\u0661", // a digit, but not an ASCII one
        "1\u0000",
        "\uff11"
      })
  void parse_textThatIsNotACounter_isRefused(String text) {
    assertRefused(() -> Counter.parse(text), INVALID_COUNTER, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "1",
        "10",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551615"
      })
  void parse_counter_isWrittenBackTheSame(String text) throws Exception {
    assertThat(Counter.parse(text)).hasToString(text);
  }

  @Test
  void compareTo_acrossTheSignBit_isUnsigned() throws Exception {
    List<Counter> rising =
        List.of(
            Counter.ZERO,
            Counter.of(1),
            Counter.of(Long.MAX_VALUE),
            Counter.parse("9223372036854775808"),
            Counter.parse("18446744073709551614"),
            Counter.MAX);
    assertThat(rising).isSorted().doesNotHaveDuplicates();
    assertThat(Counter.MAX).isEqualTo(Counter.parse("18446744073709551615"));
    assertThat(Counter.MAX.compareTo(Counter.ZERO)).isPositive();
  }

  @Test
  void of_negativeValue_isRefused() {
    assertThat(Counter.of(0)).isEqualTo(Counter.ZERO);
    assertThatIllegalArgumentException().isThrownBy(() -> Counter.of(-1));
  }
}
