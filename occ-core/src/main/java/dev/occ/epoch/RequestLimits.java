package dev.occ.epoch;

import dev.occ.epoch.EpochException.Reason;
import dev.occ.json.CanonicalJson;
import dev.occ.json.JsonArray;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonValue;
import java.util.Map;

/**
 * Bounds what a request puts into a proof, so that every proof made can be read again, as a
 * document of at most 1 MiB and 64 levels (spec 1), and has one canonical form (spec 2).
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
    walk(name, object, 1);
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
   * Refuses an object that nests too deep, before the recursion could overflow the stack, or that
   * has an array index as a name: the proof's bytes are the same under spec 2 and RFC 8785 only
   * without such names.
   */
  private static void walk(String root, JsonValue value, int level) throws EpochException {
    if (level > MAX_DEPTH) {
      throw tooLarge(root + " nests deeper than " + MAX_DEPTH);
    }
    if (value instanceof JsonObject object) {
      for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
        if (CanonicalJson.isArrayIndex(member.getKey())) {
          throw new EpochException(
              Reason.INDEX_NAME,
              root + " has a member named " + member.getKey() + ", which is an array index");
        }
        walk(root, member.getValue(), level + 1);
      }
    } else if (value instanceof JsonArray array) {
      for (JsonValue element : array.values()) {
        walk(root, element, level + 1);
      }
    }
  }

  private static EpochException tooLarge(String message) {
    return new EpochException(Reason.REQUEST_TOO_LARGE, message);
  }
}
