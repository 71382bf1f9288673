package dev.occ.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiKeysTest {
  private static final String FIRST = "first-key-0123456789";
  private static final String SECOND = "second-key-0123456789";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "short-key-12345",
        "aaaaaaaaaaaaaaaaaaaa",
        "ababcdcdababcdcdabab",
        "with space 0123456789",
        "with,comma,0123456789",
        "ключ-из-других-букв-1",
        "line\nbreak-0123456789"
      })
  void of_unusableKey_isRefusedWithoutSayingIt(String key) {
    assertThatThrownBy(() -> ApiKeys.of(List.of(FIRST, key)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("API key 2 ")
        .satisfies(
            e ->
                assertThat(key.isBlank() || !String.valueOf(e.getMessage()).contains(key))
                    .isTrue());
  }

  @Test
  void of_sameKeyTwice_isRefused() {
    assertThatThrownBy(() -> ApiKeys.of(List.of(FIRST, FIRST)))
        .hasMessage("API key 2 is a duplicate");
  }

  @Test
  void of_none_isRefused() {
    assertThatThrownBy(() -> ApiKeys.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void identify_eachKey_hasItsPlace() {
    ApiKeys keys = ApiKeys.of(List.of(FIRST, SECOND));
    assertThat(keys.identify(Optional.of("Bearer " + FIRST))).hasValue(new Caller("key-1"));
    assertThat(keys.identify(Optional.of("BEARER  " + SECOND))).hasValue(new Caller("key-2"));
    assertThat(keys.identify(Optional.of("Bearer " + FIRST + SECOND))).isEmpty();
    assertThat(keys.identify(Optional.of("Bearer "))).isEmpty();
    assertThat(keys.identify(Optional.empty())).isEmpty();
    assertThat(keys).hasToString("2 API keys");
  }

  @Test
  void identify_open_isEveryone() {
    assertThat(ApiKeys.open().identify(Optional.empty())).hasValue(Caller.OPEN);
  }
}
