package dev.occ.enclave;

import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import java.util.Arrays;

/**
 * An answer, and whether the request asked to keep the connection.
 *
 * @param json the whole answer
 * @param keepAlive true if another request may follow
 */
record Reply(JsonObject json, boolean keepAlive) {
  private static final int MAX_ERROR_LENGTH = 400;

  static Reply error(String code, Exception why, boolean keepAlive) {
    return error(code, String.valueOf(why.getMessage()), keepAlive);
  }

  static Reply error(RequestException why, boolean keepAlive) {
    return error(why.code().code(), why, keepAlive);
  }

  static Reply error(EnclaveErrorCode code, String message) {
    return error(code.code(), message, false);
  }

  private static Reply error(String code, String message, boolean keepAlive) {
    JsonObject json = JsonObject.builder().put("error", text(message)).put("code", code).build();
    return new Reply(json, keepAlive);
  }

  /** Bounded, because it may quote a name of the request. */
  private static JsonString text(String message) {
    return JsonString.escapingLoneSurrogates(
        message.substring(0, Math.min(message.length(), MAX_ERROR_LENGTH)));
  }

  /** One compact object; the newline says that the connection stays for another request. */
  byte[] toBytes(boolean kept) {
    byte[] bytes = json.toBytes();
    if (!kept) {
      return bytes;
    }
    byte[] line = Arrays.copyOf(bytes, bytes.length + 1);
    line[bytes.length] = '\n';
    return line;
  }
}
