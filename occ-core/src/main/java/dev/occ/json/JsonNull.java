package dev.occ.json;

/** JSON's {@code null}, which is a value and not an absent member. */
public enum JsonNull implements JsonValue {
  /** The only value. */
  NULL;

  /** The value as JSON text. */
  @Override
  public String toString() {
    return "null";
  }
}
