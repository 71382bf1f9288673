package dev.occ.json;

import static dev.occ.json.JsonException.Reason.EMPTY;
import static dev.occ.json.JsonException.Reason.MISSING_MEMBER;
import static dev.occ.json.JsonException.Reason.NUMBER_OUT_OF_RANGE;
import static dev.occ.json.JsonException.Reason.UNKNOWN_MEMBER;
import static dev.occ.json.JsonException.Reason.WRONG_TYPE;
import static dev.occ.testing.Json.assertRefused;
import static dev.occ.testing.Json.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonViewTest {
  private static final String DOCUMENT =
      "{\"text\":\"t\",\"empty\":\"\",\"number\":7,\"yes\":true,\"nothing\":null,"
          + "\"list\":[\"a\",\"b\"],\"mixed\":[\"a\",1],\"a/b~c\":{\"inner\":{\"x\":1}}}";

  private static JsonView view() throws JsonException {
    return JsonView.of(read(DOCUMENT));
  }

  /** Refuses text that is not one character, with a pointer of its own. */
  private static char letter(String text) throws JsonException {
    if (text.length() != 1) {
      throw new JsonException(EMPTY, "/inside", "is not one letter");
    }
    return text.charAt(0);
  }

  @Test
  void optionalViews_arrayOfObjects_knowWhereTheyStand() throws JsonException {
    JsonView view = JsonView.of(read("{\"a\":[{\"x\":1},{}],\"b\":[{},7],\"c\":{}}"));
    List<JsonView> views = view.optionalViews("a").orElseThrow();
    assertThat(views).extracting(JsonView::pointer).containsExactly("/a/0", "/a/1");
    assertThat(view.optionalViews("missing")).isEmpty();
    assertRefused(() -> view.optionalViews("b"), WRONG_TYPE, "/b/1");
    assertRefused(() -> view.optionalViews("c"), WRONG_TYPE, "/c");
  }

  @Test
  void optionalObject_refusedByItsDecoder_namesTheWholePlace() throws JsonException {
    JsonView view = JsonView.of(read("{\"a\":{\"x\":\"long\"},\"b\":1}"));
    assertThat(view.optionalObject("a", object -> object.members().size())).hasValue(1);
    assertThat(view.optionalObject("missing", object -> letter("long"))).isEmpty();
    assertRefused(() -> view.optionalObject("a", object -> letter("long")), EMPTY, "/a/inside");
    assertRefused(() -> view.optionalObject("b", object -> 1), WRONG_TYPE, "/b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"{}\"", "1", "null", "true"})
  void of_notAnObject_isRefused(String document) {
    assertRefused(() -> JsonView.of(read(document)), WRONG_TYPE, "");
  }

  @Test
  void members_present_areGiven() throws Exception {
    JsonView view = view();
    assertThat(view.text("text")).isEqualTo("t");
    assertThat(view.optionalText("empty")).contains("");
    assertThat(view.<Character>text("text", JsonViewTest::letter)).isEqualTo('t');
    assertThat(view.optionalInteger("number", 7, 7)).hasValue(7);
    assertThat(view.optionalBoolean("yes")).contains(true);
    assertThat(view.optionalTexts("list", JsonViewTest::letter)).contains(List.of('a', 'b'));
    assertThat(view.view("a/b~c").object()).hasToString("{\"inner\":{\"x\":1}}");
    assertThat(view.pointer()).isEmpty();
  }

  @Test
  void optionalMembers_absent_areEmpty() throws Exception {
    JsonView view = view();
    assertThat(view.optionalView("x")).isEmpty();
    assertThat(view.optionalText("x")).isEmpty();
    assertThat(view.optionalText("x", JsonViewTest::letter)).isEmpty();
    assertThat(view.optionalTexts("x", JsonViewTest::letter)).isEmpty();
    assertThat(view.optionalInteger("x", 0, 1)).isEmpty();
    assertThat(view.optionalBoolean("x")).isEmpty();
  }

  @Test
  void requiredMembers_absent_areMissing() throws Exception {
    JsonView view = view();
    assertRefused(() -> view.view("x/y"), MISSING_MEMBER, "/x~1y");
    assertRefused(() -> view.text("x"), MISSING_MEMBER, "/x");
    assertRefused(() -> view.text("x", JsonViewTest::letter), MISSING_MEMBER, "/x");
  }

  @Test
  void members_null_areOfTheWrongTypeAndNotAbsent() throws Exception {
    JsonView view = view();
    assertRefused(() -> view.optionalView("nothing"), WRONG_TYPE, "/nothing");
    assertRefused(() -> view.optionalText("nothing"), WRONG_TYPE, "/nothing");
    assertRefused(
        () -> view.optionalTexts("nothing", JsonViewTest::letter), WRONG_TYPE, "/nothing");
    assertRefused(() -> view.optionalInteger("nothing", 0, 1), WRONG_TYPE, "/nothing");
    assertRefused(() -> view.optionalBoolean("nothing"), WRONG_TYPE, "/nothing");
  }

  @Test
  void members_ofAnotherType_areRefusedWithoutConversion() throws Exception {
    JsonView view = view();
    assertRefused(() -> view.view("list"), WRONG_TYPE, "/list");
    assertRefused(() -> view.text("number"), WRONG_TYPE, "/number");
    assertRefused(() -> view.optionalBoolean("text"), WRONG_TYPE, "/text");
    assertRefused(() -> view.optionalInteger("text", 0, 1), WRONG_TYPE, "/text");
    assertRefused(() -> view.optionalTexts("text", JsonViewTest::letter), WRONG_TYPE, "/text");
    assertRefused(() -> view.optionalTexts("mixed", JsonViewTest::letter), WRONG_TYPE, "/mixed/1");
  }

  @Test
  void decoderRefusal_anywhere_getsThePlaceInFront() throws Exception {
    JsonView view = view();
    assertRefused(() -> view.text("empty", JsonViewTest::letter), EMPTY, "/empty/inside");
    JsonView nested = JsonView.of(read("{\"a\":{\"list\":[\"b\",\"cc\"]}}")).view("a");
    assertRefused(
        () -> nested.optionalTexts("list", JsonViewTest::letter), EMPTY, "/a/list/1/inside");
  }

  @Test
  void nonEmpty_textOrNone_isGivenOrRefused() throws Exception {
    JsonView view = view();
    assertThat(view.<String>text("text", TextDecoder::nonEmpty)).isEqualTo("t");
    assertRefused(() -> view.text("empty", TextDecoder::nonEmpty), EMPTY, "/empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"6", "9", "7.0", "7.5", "7e0", "9007199254740992", "-7"})
  void optionalInteger_outOfRangeOrNotExact_isRefused(String number) throws Exception {
    JsonView view = JsonView.of(read("{\"n\":" + number + "}"));
    assertRefused(() -> view.optionalInteger("n", 7, 8), NUMBER_OUT_OF_RANGE, "/n");
  }

  @Test
  void refuseMembersOtherThan_unknownOnes_namesTheFirst() throws Exception {
    JsonView inner = view().view("a/b~c");
    inner.refuseMembersOtherThan(Set.of("inner", "other"));
    assertRefused(
        () -> inner.refuseMembersOtherThan(Set.of("x")), UNKNOWN_MEMBER, "/a~1b~0c/inner");
  }

  @Test
  void pointerTo_memberOfANestedObject_isEscaped() throws Exception {
    JsonView inner = view().view("a/b~c").view("inner");
    assertThat(inner.pointer()).isEqualTo("/a~1b~0c/inner");
    assertThat(inner.pointerTo("~/")).isEqualTo("/a~1b~0c/inner/~0~1");
  }
}
