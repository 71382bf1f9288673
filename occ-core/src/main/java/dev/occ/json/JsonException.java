package dev.occ.json;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A document was refused: it is not strict JSON (spec 1), or not of the shape that was asked for.
 * Programs decide by {@link #reason()}; {@link #pointer()} says where. Pointer and message may
 * quote the document, and fit into JSON all the same: a lone surrogate stands there as its JSON
 * escape.
 */
public final class JsonException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a document was refused. New reasons are only ever added at the end. */
  public enum Reason {
    /** Not JSON as RFC 8259 defines it. */
    MALFORMED,
    /** Not UTF-8, or UTF-8 with a byte order mark. */
    INVALID_UTF8,
    /** An object has two members of one name. */
    DUPLICATE_MEMBER,
    /** A string or a name holds half of a surrogate pair. */
    LONE_SURROGATE,
    /** Something follows the value. */
    TRAILING_CONTENT,
    /** Objects and arrays nest deeper than the limit. */
    TOO_DEEP,
    /** The document, or one of its texts or numbers, is longer than its limit. */
    TOO_LARGE,
    /** A number is beyond the range of an IEEE 754 double, or of what is asked for here. */
    NUMBER_OUT_OF_RANGE,
    /** A required member is absent. */
    MISSING_MEMBER,
    /** A value is of another JSON type than required. */
    WRONG_TYPE,
    /** A member is not known where unknown ones are errors. */
    UNKNOWN_MEMBER,
    /** Text is not canonical Base64 (RFC 4648 section 4). */
    INVALID_BASE64,
    /** Text is not lower-case hex. */
    INVALID_HEX,
    /** Text is not a counter: decimal digits, no leading zero, at most 2^64-1. */
    INVALID_COUNTER,
    /** Decoded bytes, or an array, have another length than required. */
    INVALID_LENGTH,
    /** The document is of a version that this library does not know. */
    UNSUPPORTED_VERSION,
    /** A named algorithm is not one that the specification allows. */
    UNSUPPORTED_ALGORITHM,
    /** The enforcement tier is not one of the specification's three. */
    UNKNOWN_ENFORCEMENT,
    /**
     * Text that must not be empty is, or an object has none of the members of which it needs one.
     */
    EMPTY,
    /** A value is of the right type and length, yet not one of those allowed. */
    INVALID_VALUE;

    private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /**
     * The reason's stable name for reports and for other languages.
     *
     * @return lower-case ASCII words joined by hyphens, as {@code duplicate-member}
     */
    public String code() {
      return code;
    }
  }

  /** Why; part of the serialized form. */
  private final Reason reason;

  /** Where; part of the serialized form. */
  private final String pointer;

  /** What is wrong there; part of the serialized form. */
  private final String problem;

  /**
   * A refusal without an underlying exception.
   *
   * @param reason why
   * @param pointer where, as a JSON pointer (RFC 6901); empty text for the whole document
   * @param problem what is wrong there, for people, as the rest of a sentence
   */
  public JsonException(Reason reason, String pointer, String problem) {
    this(reason, pointer, problem, null);
  }

  /**
   * A refusal that another exception caused.
   *
   * @param reason why
   * @param pointer where, as a JSON pointer (RFC 6901); empty text for the whole document
   * @param problem what is wrong there, for people, as the rest of a sentence
   * @param cause what went wrong underneath, if anything
   */
  public JsonException(Reason reason, String pointer, String problem, @Nullable Throwable cause) {
    super(
        Unicode.escapingLoneSurrogates(
            (pointer.isEmpty() ? "the document" : pointer) + " " + problem),
        cause);
    this.reason = Objects.requireNonNull(reason, "reason");
    this.pointer = Unicode.escapingLoneSurrogates(pointer);
    this.problem = problem;
  }

  /** The same refusal, seen from a document that holds the refused one at a place. */
  JsonException within(String place) {
    return new JsonException(reason, place + pointer, problem, this);
  }

  /**
   * Why the document was refused.
   *
   * @return the reason to decide by
   */
  public Reason reason() {
    return reason;
  }

  /**
   * Where the offending value stands, or would stand.
   *
   * @return a JSON pointer (RFC 6901), empty for the whole document
   */
  public String pointer() {
    return pointer;
  }
}
