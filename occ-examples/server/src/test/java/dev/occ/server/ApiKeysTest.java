package dev.occ.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    assertThat(keys.identify(Optional.of("Bearer " + FIRST))).hasValue(Caller.named("key-1"));
    assertThat(keys.identify(Optional.of("BEARER  " + SECOND))).hasValue(Caller.named("key-2"));
    assertThat(keys.identify(Optional.of("Bearer " + FIRST + SECOND))).isEmpty();
    assertThat(keys.identify(Optional.of("Bearer "))).isEmpty();
    assertThat(keys.identify(Optional.empty())).isEmpty();
    assertThat(keys).hasToString("2 API keys");
  }

  @Test
  void identify_open_isEveryone() {
    assertThat(ApiKeys.open().identify(Optional.empty())).hasValue(Caller.OPEN);
  }

  @Test
  void ofLines_namesAndRights_areThoseOfTheKey() {
    ApiKeys keys =
        ApiKeys.ofLines(
            List.of(
                "# the audit team",
                "",
                "  " + FIRST + "\tname=audit  chains=audit|team-* anchor ",
                SECOND,
                "#" + SECOND + "x name=revoked"));
    Caller audit = keys.identify(Optional.of("Bearer " + FIRST)).orElseThrow();
    assertThat(audit.label()).isEqualTo("audit");
    assertThat(audit.mayAnchor()).isTrue();
    assertThat(audit.rights().mayUse("audit")).isTrue();
    assertThat(audit.rights().mayUse("team-a")).isTrue();
    assertThat(audit.rights().mayUse("team-")).isTrue();
    assertThat(audit.rights().mayUse("audit2")).isFalse();
    assertThat(audit.rights().mayUse("global")).isFalse();
    assertThat(keys.identify(Optional.of("Bearer " + SECOND))).hasValue(Caller.named("key-2"));
    assertThat(keys).hasToString("2 API keys");
  }

  @Test
  void ofLines_keyWithoutRights_usesAnyChainAndDoesNotAnchor() {
    Caller caller =
        ApiKeys.ofLines(List.of(FIRST + " name=plain"))
            .identify(Optional.of("Bearer " + FIRST))
            .orElseThrow();
    assertThat(caller.mayAnchor()).isFalse();
    assertThat(caller.rights().mayUse("anything at all")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          first-key-0123456789 secret-part             ~ line 2: word 2 is neither
          first-key-0123456789 name=a secret-part      ~ line 2: word 3 is neither
          first-key-0123456789 secret-part=x           ~ line 2: word 2 is neither
          first-key-0123456789 anchor=yes              ~ line 2: word 2 is neither
          first-key-0123456789 name=                   ~ line 2: a name has
          first-key-0123456789 name=secret/part        ~ line 2: a name has
          first-key-0123456789 name=key-2              ~ line 2: the names open
          first-key-0123456789 name=open               ~ line 2: the names open
          first-key-0123456789 name=a name=b           ~ line 2: word 3 repeats
          first-key-0123456789 anchor name=a anchor    ~ line 2: word 4 repeats
          first-key-0123456789 chains=                 ~ line 2: a chain is
          first-key-0123456789 chains=a||b             ~ line 2: a chain is
          first-key-0123456789 chains=a*b              ~ line 2: a chain is
          first-key-0123456789 chains=a**              ~ line 2: a chain is
          first-key-0123456789 name=TAKEN              ~ line 2: the name is that
          zeroth-key-0123456789                        ~ line 2: the key is a duplicate
          short-secret                                 ~ line 2: the key must have
          """)
  void ofLines_unusableLine_isNamedAndNotQuoted(String line, String message) {
    assertThatThrownBy(
            () -> ApiKeys.ofLines(List.of("zeroth-key-0123456789 name=taken", line)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message)
        .satisfies(
            e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("0123456789", "secret"));
  }

  @Test
  void ofLines_commentsOnly_isRefused() {
    assertThatThrownBy(() -> ApiKeys.ofLines(List.of("# nothing", "")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
