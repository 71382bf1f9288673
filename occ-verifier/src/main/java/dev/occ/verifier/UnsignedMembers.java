package dev.occ.verifier;

import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.proof.Proof;
import dev.occ.verifier.timestamp.StampedMember;
import dev.occ.verifier.timestamp.TimestampResult;
import dev.occ.verifier.timestamp.TimestampResult.Stamped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** What nobody signed, once timestamps have been looked at too. */
final class UnsignedMembers {
  private static final String TIMESTAMPS = "timestamps";

  /** What a token carries itself, or was compared with it. */
  private static final Set<String> SHOWN = Set.of("time", "tokenB64", "digestAlg", "digestB64");

  private UnsignedMembers() {}

  static List<String> of(Proof proof, SortedMap<StampedMember, TimestampResult> timestamps) {
    List<String> unsigned = proof.unsignedMembers();
    if (timestamps.values().stream().noneMatch(Stamped.class::isInstance)) {
      return unsigned;
    }
    List<String> all = new ArrayList<>();
    for (String pointer : unsigned) {
      if (pointer.equals("/" + TIMESTAMPS)) {
        addOthers(all, object(proof.json(), TIMESTAMPS), timestamps);
      } else {
        all.add(pointer);
      }
    }
    return List.copyOf(all);
  }

  private static void addOthers(
      List<String> all, JsonObject members, SortedMap<StampedMember, TimestampResult> timestamps) {
    for (String name : members.members().keySet()) {
      String place = "/" + TIMESTAMPS + "/" + escape(name);
      if (isStamped(name, timestamps)) {
        object(members, name).members().keySet().stream()
            .filter(label -> !SHOWN.contains(label))
            .forEach(label -> all.add(place + "/" + escape(label)));
      } else {
        all.add(place);
      }
    }
  }

  private static boolean isStamped(
      String name, SortedMap<StampedMember, TimestampResult> timestamps) {
    for (Map.Entry<StampedMember, TimestampResult> entry : timestamps.entrySet()) {
      if (entry.getKey().code().equals(name)) {
        return entry.getValue() instanceof Stamped;
      }
    }
    return false;
  }

  private static JsonObject object(JsonObject parent, String name) {
    JsonValue value = parent.get(name).orElseThrow();
    return (JsonObject) value; // a stamp was found in it
  }

  /** RFC 6901 section 3. */
  private static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
