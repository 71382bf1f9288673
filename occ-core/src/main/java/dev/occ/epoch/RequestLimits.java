package dev.occ.epoch;

import dev.occ.epoch.EpochException.Reason;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import java.util.Map;

/**
 * Bounds what a request puts into a proof, so that every proof made can be read again: a document
 * of at most 1 MiB and 64 levels (spec 1).
 */
final class RequestLimits {
  /** Well below 64, because the proof puts its own levels around the object. */
  private static final int MAX_DEPTH = 32;

  private final EpochOptions options;

  RequestLimits(EpochOptions options) {
    this.options = options;
  }

  void check(CommitRequest request) throws EpochException {
    if (request.policy().isPresent()) {
      checkObject("policy", request.policy().get());
    }
    if (request.metadata().isPresent()) {
      checkObject("metadata", request.metadata().get());
    }
    if (request.principal().isPresent()) {
      checkTexts("principal", request.principal().get());
    }
    if (request.attribution().isPresent()) {
      checkTexts("attribution", request.attribution().get());
    }
    if (request.agency().isPresent()) {
      checkObject("agency", request.agency().get().json());
      checkTexts("agency.actor", request.agency().get().actor().json());
    }
  }

  private void checkObject(String name, JsonObject object) throws EpochException {
    if (depth(object) > MAX_DEPTH) {
      throw tooLarge(name + " nests deeper than " + MAX_DEPTH);
    }
    if (object.toBytes().length > options.maxObjectBytes()) {
      throw tooLarge(name + " is longer than " + options.maxObjectBytes() + " bytes");
    }
  }

  private void checkTexts(String name, JsonObject object) throws EpochException {
    checkObject(name, object);
    for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
      if (member.getValue() instanceof JsonString string
          && string.text().length() > options.maxTextLength()) {
        throw tooLarge(
            name
                + "."
                + member.getKey()
                + " is longer than "
                + options.maxTextLength()
                + " characters");
      }
    }
  }

  /**
   * The depth, or some depth over the limit, so that no value is deep enough to overflow the stack.
   */
  private static int depth(JsonValue root) {
    return depth(root, 1);
  }

  private static int depth(JsonValue value, int level) {
    if (level > MAX_DEPTH) {
      return level;
    }
    int deepest = level;
    if (value instanceof JsonObject object) {
      for (JsonValue member : object.members().values()) {
        deepest = Math.max(deepest, depth(member, level + 1));
      }
    } else if (value instanceof JsonArray array) {
      for (JsonValue element : array.values()) {
        deepest = Math.max(deepest, depth(element, level + 1));
      }
    }
    return deepest;
  }

  private static EpochException tooLarge(String message) {
    return new EpochException(Reason.REQUEST_TOO_LARGE, message);
  }
}
