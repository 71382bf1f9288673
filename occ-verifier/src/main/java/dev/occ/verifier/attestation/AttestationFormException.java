package dev.occ.verifier.attestation;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The form in which a document was given is not understood; the document itself was not read. */
public final class AttestationFormException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is the matter with the form. */
  public enum Reason {
    /** There is no byte, or nothing but blanks. */
    EMPTY,
    /** Longer than {@link AttestationInput#MAX_LENGTH}. */
    TOO_LONG,
    /** UTF-16 text: ASCII or UTF-8 is expected. */
    UTF16,
    /** A PEM frame: neither AWS nor the COSE documents define one. */
    PEM,
    /** It begins as JSON does, but is not strict JSON. */
    JSON_MALFORMED,
    /** JSON in which no member holds an attestation document. */
    JSON_WITHOUT_DOCUMENT,
    /** JSON in which more than one attestation document stands. */
    JSON_AMBIGUOUS,
    /** Text of one of the encodings that decodes to something else than a COSE_Sign1. */
    NOT_COSE,
    /** Neither CBOR, JSON, hex, Base64 nor Base64url. */
    UNKNOWN;

    private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /**
     * The reason's stable name for reports and for other languages.
     *
     * @return lower-case ASCII words joined by hyphens, as {@code json-without-document}
     */
    public String code() {
      return code;
    }
  }

  /** Why; part of the serialized form. */
  private final Reason reason;

  AttestationFormException(Reason reason, String text) {
    this(reason, text, null);
  }

  AttestationFormException(Reason reason, String text, @Nullable Throwable cause) {
    super(text, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /**
   * What is the matter with the form.
   *
   * @return the reason to decide by
   */
  public Reason reason() {
    return reason;
  }
}
