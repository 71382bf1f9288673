package dev.occ.programs.eif;

import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonValue;
import dev.occ.programs.eif.EifException.Reason;
import java.util.Objects;

/** What the builder noted in an image. No measurement covers it, so it never hides one. */
public sealed interface EifMetadata {
  /**
   * Notes that can be read.
   *
   * @param notes what they say
   */
  record Notes(JsonObject notes) implements EifMetadata {
    /**
     * Checks that there are notes.
     *
     * @param notes what they say
     */
    public Notes {
      Objects.requireNonNull(notes, "notes");
    }
  }

  /**
   * Notes that cannot be read.
   *
   * @param reason why, for programs
   * @param text why, for people; not yet fit for a terminal
   */
  record Unreadable(Reason reason, String text) implements EifMetadata {
    /**
     * Checks that both are there.
     *
     * @param reason why, for programs
     * @param text why, for people
     */
    public Unreadable {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(text, "text");
    }
  }

  /** Reads strict JSON. */
  static EifMetadata read(byte[] document) {
    try {
      return JsonValue.read(document) instanceof JsonObject notes
          ? new Notes(notes)
          : new Unreadable(Reason.METADATA_NOT_JSON, "it is not a JSON object");
    } catch (JsonException e) {
      return new Unreadable(Reason.METADATA_NOT_JSON, String.valueOf(e.getMessage()));
    }
  }
}
