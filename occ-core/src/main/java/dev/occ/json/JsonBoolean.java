package dev.occ.json;

/** A JSON {@code true} or {@code false}. */
public enum JsonBoolean implements JsonValue {
  /** JSON's {@code true}. */
  TRUE(true),
  /** JSON's {@code false}. */
  FALSE(false);

  private final boolean value;

  JsonBoolean(boolean value) {
    this.value = value;
  }

  /**
   * The JSON value of a Java one.
   *
   * @param value either
   * @return the same as JSON
   */
  public static JsonBoolean of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /**
   * The Java value.
   *
   * @return true for {@link #TRUE}
   */
  public boolean value() {
    return value;
  }

  /** The value as JSON text. */
  @Override
  public String toString() {
    return value ? "true" : "false";
  }
}
