package dev.occ.json;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A JSON object: members in the order in which they were read or added, each name once. */
@CheckReturnValue
public final class JsonObject implements JsonValue {
  private static final JsonObject EMPTY = new JsonObject(new LinkedHashMap<>());

  private final Map<String, JsonValue> members;

  private JsonObject(Map<String, JsonValue> members) {
    this.members = Collections.unmodifiableMap(members);
  }

  /**
   * For the reader: takes the map over instead of copying it, and its names were checked already.
   */
  static JsonObject takingOver(Map<String, JsonValue> members) {
    return new JsonObject(members);
  }

  /**
   * The object without members.
   *
   * @return always the same value
   */
  public static JsonObject empty() {
    return EMPTY;
  }

  /**
   * A builder for an object.
   *
   * @return a builder without members
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * All members.
   *
   * @return an unmodifiable map that iterates in the object's order
   */
  public Map<String, JsonValue> members() {
    return members;
  }

  /**
   * One member's value.
   *
   * @param name the member's name
   * @return its value, or empty when there is no such member; a member that is {@code null} gives
   *     {@link JsonNull#NULL}
   */
  public Optional<JsonValue> get(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /**
   * Whether there is a member of this name.
   *
   * @param name the member's name
   * @return true also when its value is {@code null}
   */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /**
   * This object without some members.
   *
   * @param names the names to leave out; ones that are not there are ignored
   * @return an object with the remaining members in their order
   */
  public JsonObject without(String... names) {
    LinkedHashMap<String, JsonValue> rest = new LinkedHashMap<>(members);
    return rest.keySet().removeAll(Arrays.asList(names)) ? new JsonObject(rest) : this;
  }

  /**
   * This object with one member set: in its place if it is there already, otherwise at the end.
   *
   * @param name the member's name
   * @param value its value
   * @return the changed object
   * @throws IllegalArgumentException if the name holds a lone surrogate
   */
  public JsonObject with(String name, JsonValue value) {
    LinkedHashMap<String, JsonValue> changed = new LinkedHashMap<>(members);
    changed.put(Unicode.requireWellFormed(name), Objects.requireNonNull(value, "value"));
    return new JsonObject(changed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonObject object && members.equals(object.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  /** The object as compact JSON text. */
  @Override
  public String toString() {
    return toJson();
  }

  /** Collects the members of an object, in order. Not safe for use by several threads at once. */
  public static final class Builder {
    private final LinkedHashMap<String, JsonValue> members = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Adds a member.
     *
     * @param name its name
     * @param value its value
     * @return this builder
     * @throws IllegalArgumentException if there is one of that name already, or the name holds a
     *     lone surrogate
     */
    @CanIgnoreReturnValue
    public Builder put(String name, JsonValue value) {
      Objects.requireNonNull(value, "value");
      if (members.putIfAbsent(Unicode.requireWellFormed(name), value) != null) {
        throw new IllegalArgumentException("duplicate member " + name);
      }
      return this;
    }

    /**
     * Adds a member that is text.
     *
     * @param name its name
     * @param value its text
     * @return this builder
     * @throws IllegalArgumentException if there is one of that name already, or either text holds a
     *     lone surrogate
     */
    @CanIgnoreReturnValue
    public Builder put(String name, String value) {
      return put(name, new JsonString(value));
    }

    /**
     * Adds a member if there is a value for it.
     *
     * @param name its name
     * @param value its value, or empty to add nothing
     * @return this builder
     * @throws IllegalArgumentException as {@link #put(String, JsonValue)} does
     */
    @CanIgnoreReturnValue
    public Builder putIfPresent(String name, Optional<? extends JsonValue> value) {
      value.ifPresent(present -> put(name, present));
      return this;
    }

    /**
     * Adds a member that is text, if there is one.
     *
     * @param name its name
     * @param value its text, or empty to add nothing
     * @return this builder
     * @throws IllegalArgumentException as {@link #put(String, String)} does
     */
    @CanIgnoreReturnValue
    public Builder putTextIfPresent(String name, Optional<String> value) {
      value.ifPresent(present -> put(name, present));
      return this;
    }

    /**
     * The object with the members added so far.
     *
     * @return an object that later calls on this builder do not change
     */
    public JsonObject build() {
      return new JsonObject(new LinkedHashMap<>(members));
    }
  }
}
