package dev.occ.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Building, changing and refusing documents in a line each. */
public final class Json {
  private Json() {}

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static JsonValue read(String text) throws JsonException {
    return JsonValue.read(utf8(text));
  }

  public static JsonObject object(String text) throws JsonException {
    return (JsonObject) read(text);
  }

  public static String text(JsonObject object, String name) {
    return ((JsonString) object.get(name).orElseThrow()).text();
  }

  /** The document with the value at a pointer (of plain object names) set. */
  public static JsonObject with(JsonObject root, String pointer, JsonValue value) {
    String[] path = path(pointer);
    return path.length == 1
        ? root.with(path[0], value)
        : root.with(path[0], with(child(root, path[0]), path[1], value));
  }

  /** The document without the value at a pointer (of plain object names). */
  public static JsonObject without(JsonObject root, String pointer) {
    String[] path = path(pointer);
    return path.length == 1
        ? root.without(path[0])
        : root.with(path[0], without(child(root, path[0]), path[1]));
  }

  /** The first name, and the pointer to go on with below it if there is more. */
  private static String[] path(String pointer) {
    assertThat(pointer).startsWith("/");
    int next = pointer.indexOf('/', 1);
    return next < 0
        ? new String[] {pointer.substring(1)}
        : new String[] {pointer.substring(1, next), pointer.substring(next)};
  }

  private static JsonObject child(JsonObject parent, String name) {
    return (JsonObject) parent.get(name).orElseThrow(() -> new AssertionError("no " + name));
  }

  /** Runs what must be refused, and checks why and where. */
  public static void assertRefused(
      ThrowingCallable call, JsonException.Reason reason, String pointer) {
    JsonException refusal = catchThrowableOfType(JsonException.class, call);
    assertThat(refusal).as("must be refused with %s at \"%s\"", reason, pointer).isNotNull();
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
    assertThat(refusal.pointer()).as(refusal.getMessage()).isEqualTo(pointer);
    assertThat(refusal).hasMessageStartingWith(pointer.isEmpty() ? "the document " : pointer + " ");
  }
}
