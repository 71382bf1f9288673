package dev.occ.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MemberScanTest {
  private static final Set<String> KNOWN = Set.of("a", "b");

  private static MemberScan scan(String json) {
    return MemberScan.of(json.replace('\'', '"').getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " \n\t{ 'a' : 1 , 'b' : { 'x' : [ { 'y' : 2 } ] } } ",
        "{'a':'x,\\\\\\'{','b':'}'}",
        "{'a':[{'x':1},{'y':2}],'b':[]}",
        "{'b':{'x':{'y':{}}},'a':{}}",
        "{'a':1}{'x':1}",
        "[{'x':1}]",
        "'x'",
        "",
        "{'a"
      })
  void requireOnly_knownMembers_passes(String json) {
    assertThatCode(() -> scan(json).requireOnly(KNOWN)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'x':1}",
        "{'a':1,'x':1}",
        "{'a':{'a':1},'x':{}}",
        "{'a':[1,2],'x",
        "{'a':'\\\\','x':1}",
        "{'a':'\\'','x':1}",
        "{'':1}",
        "{'A':1}",
        "{'\\u0061':1}",
        "{'a ':1}",
        "{'\u00e4':1}",
        "{\n'x'\n:\n1}"
      })
  void requireOnly_otherMember_isRefused(String json) {
    assertThatThrownBy(() -> scan(json).requireOnly(KNOWN))
        .isInstanceOfSatisfying(
            JsonException.class,
            e -> assertThat(e.reason()).isEqualTo(JsonException.Reason.UNKNOWN_MEMBER));
  }

  @Test
  void requireOnlyOrNull_nullOfAnyName_passes() throws Exception {
    scan("{'x': null,'a':1}").requireOnlyOrNull(KNOWN);
    assertThatThrownBy(() -> scan("{'x':null}").requireOnly(KNOWN))
        .isInstanceOf(JsonException.class);
    for (String value : new String[] {"0", "'null'", "{}", "[null]", "true"}) {
      assertThatThrownBy(() -> scan("{'a':null,'x':" + value + "}").requireOnlyOrNull(KNOWN))
          .isInstanceOf(JsonException.class);
    }
  }

  @Test
  void requireOnly_oneNameManyTimes_isRefused() {
    assertThatThrownBy(() -> scan("{" + "'a':0,".repeat(100_000) + "'a':0}").requireOnly(KNOWN))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("more than 64 members");
  }

  @Test
  void requireOnly_longName_isNotQuotedWhole() {
    assertThatThrownBy(() -> scan("{'" + "n".repeat(100_000) + "':0}").requireOnly(KNOWN))
        .satisfies(e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(200));
  }

  @Test
  void text_ofAMember_isItsValue() {
    assertThat(scan("{ 'a' : 'one', 'b':{'a':'two'}}").text("a")).hasValue("one");
    assertThat(scan("{'b':{'a':'two'}}").text("a")).isEmpty();
    assertThat(scan("{'a':1}").text("a")).isEqualTo(Optional.empty());
    assertThat(scan("{'a'").text("a")).isEmpty();
    assertThat(scan("{'a':").text("a")).isEmpty();
  }

  /** What the parser finds, the scan finds, whatever names and values hold. */
  @Property(tries = 500)
  void names_ofAnObject_areThoseOfTheParser(
      @ForAll @Size(max = 10) Set<@StringLength(max = 8) String> names,
      @ForAll @StringLength(max = 20) String text)
      throws JsonException {
    JsonObject.Builder object = JsonObject.builder();
    Set<String> plain = new LinkedHashSet<>();
    for (String name : names) {
      if (name.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\')) {
        plain.add(name);
        object.put(name, JsonString.escapingLoneSurrogates(text));
      }
    }
    byte[] json = JsonObject.builder().put("nested", object.build()).build().toBytes();
    MemberScan.of(json).requireOnly(Set.of("nested"));
    byte[] flat = object.build().toBytes();
    MemberScan.of(flat).requireOnly(plain);
    for (String name : plain) {
      Set<String> others = new LinkedHashSet<>(plain);
      others.remove(name);
      assertThatThrownBy(() -> MemberScan.of(flat).requireOnly(others))
          .isInstanceOf(JsonException.class);
    }
  }
}
