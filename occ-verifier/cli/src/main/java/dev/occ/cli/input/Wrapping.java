package dev.occ.cli.input;

import dev.occ.json.JsonArray;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A proof in an object around it, as programs store them: {@code {"proof":…}} or {@code
 * {"proofs":[…]}}. Of the object nothing else is looked at.
 */
public final class Wrapping {
  private static final String ONE = "proof";
  private static final String MANY = "proofs";

  /** What a proof has itself: an object with one of these is judged as it is. */
  private static final List<String> OF_PROOFS = List.of("artifact", "commit", "signer");

  private Wrapping() {}

  /**
   * Takes proofs out of the object around them.
   *
   * @param name the document's name
   * @param document a whole document
   * @return a document for each proof, named by its member; empty if there is no such object
   *     around, or it is not strict JSON
   */
  public static List<ProofInput> unwrap(String name, byte[] document) {
    if (!mentions(document, ONE) && !mentions(document, MANY)) {
      return List.of(); // spares parsing each proof twice
    }
    JsonObject object;
    try {
      if (!(JsonValue.read(document) instanceof JsonObject read)) {
        return List.of();
      }
      object = read;
    } catch (JsonException e) {
      return List.of(); // then it is judged as one document, and refused with its reason
    }
    return OF_PROOFS.stream().anyMatch(object::has) ? List.of() : members(name, object);
  }

  private static List<ProofInput> members(String name, JsonObject object) {
    List<ProofInput> proofs = new ArrayList<>();
    Map<String, JsonValue> members = object.members();
    if (members.get(ONE) instanceof JsonObject proof) {
      proofs.add(new ProofInput(name + "." + ONE, bytes(proof), true));
    }
    if (members.get(MANY) instanceof JsonArray array) {
      boolean sole = proofs.isEmpty() && array.values().size() == 1;
      int index = 0;
      for (JsonValue proof : array.values()) {
        proofs.add(new ProofInput(name + "." + MANY + "[" + index++ + "]", bytes(proof), sole));
      }
    }
    if (proofs.size() > 1) {
      proofs.replaceAll(proof -> new ProofInput(proof.name(), proof.json(), false));
    }
    return proofs;
  }

  /** The tree keeps members, their order and the spelling of numbers. */
  private static byte[] bytes(JsonValue proof) {
    return proof.toJson().getBytes(StandardCharsets.UTF_8);
  }

  private static boolean mentions(byte[] document, String member) {
    byte[] wanted = ("\"" + member + "\"").getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i <= document.length - wanted.length; i++) {
      int matched = 0;
      while (matched < wanted.length && document[i + matched] == wanted[matched]) {
        matched++;
      }
      if (matched == wanted.length) {
        return true;
      }
    }
    return false;
  }
}
