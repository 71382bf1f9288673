package dev.occ.client;

import dev.occ.json.JsonException;
import dev.occ.json.JsonLimits;
import dev.occ.json.JsonNull;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import java.net.http.HttpHeaders;
import java.util.Optional;

/** What a server answered: status, headers, and the whole body. */
final class Answer {
  private static final int MAX_TEXT = 300;

  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;

  Answer(int status, HttpHeaders headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  int status() {
    return status;
  }

  HttpHeaders headers() {
    return headers;
  }

  boolean isOk() {
    return status == 200;
  }

  JsonValue json() throws JsonException {
    return JsonValue.read(body, JsonLimits.DEFAULT.withMaxBytes(Math.max(1, body.length)));
  }

  /** The body as an error answer, or an empty object if it is none: a proxy's page, as a rule. */
  JsonObject errorBody() {
    try {
      return json() instanceof JsonObject object ? object : JsonObject.empty();
    } catch (JsonException e) {
      return JsonObject.empty();
    }
  }

  /** The error's code, as {@code {error, code}} has it. */
  Optional<String> code() {
    return errorText("code");
  }

  /** What the server says, shortened, for people; from outside, so not fit for a terminal. */
  String text() {
    String said = errorText("error").map(error -> ": " + error).orElse("");
    return "the server answered "
        + status
        + code().map(code -> " " + code).orElse("")
        + (said.length() > MAX_TEXT ? said.substring(0, MAX_TEXT) + "…" : said);
  }

  private Optional<String> errorText(String name) {
    JsonValue value = errorBody().get(name).orElse(JsonNull.NULL);
    return value instanceof JsonString text ? Optional.of(text.text()) : Optional.empty();
  }
}
