package dev.occ.verifier.attestation;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.List;
import java.util.Objects;

/**
 * What became of a document that was judged against {@link AttestationExpectations}: {@link
 * AsExpected}, {@link Unexpected} or {@link NotGenuine}, nothing else. Immutable and thread-safe.
 */
@CheckReturnValue
public sealed interface AttestationVerdict {

  /** The document is genuine and says all that is expected of it. Only a verifier makes these. */
  @CheckReturnValue
  final class AsExpected implements AttestationVerdict {
    private final AttestationResult.Trusted trusted;
    private final String basis;

    AsExpected(AttestationResult.Trusted trusted, String basis) {
      this.trusted = trusted;
      this.basis = basis;
    }

    /**
     * What was established about the document.
     *
     * @return the document, its path and the time at which it was judged
     */
    public AttestationResult.Trusted trusted() {
      return trusted;
    }

    /**
     * What the verdict rests on, for people.
     *
     * @return a text, as {@code genuine; nothing about which code} where no register was compared
     */
    public String basis() {
      return basis;
    }
  }

  /**
   * The document is genuine, but says something else than what is expected.
   *
   * @param document what the document says
   * @param differences every mismatch, at least one
   */
  @CheckReturnValue
  record Unexpected(NitroAttestation document, List<Difference> differences)
      implements AttestationVerdict {
    /**
     * A verdict.
     *
     * @param document what the document says
     * @param differences every mismatch, at least one
     */
    public Unexpected {
      Objects.requireNonNull(document, "document");
      differences = List.copyOf(differences);
      if (differences.isEmpty()) {
        throw new IllegalArgumentException("no difference");
      }
    }
  }

  /**
   * One mismatch.
   *
   * @param reason its kind
   * @param text a text for people; never to be parsed
   */
  @CheckReturnValue
  record Difference(AttestationMismatch reason, String text) {
    /**
     * A mismatch.
     *
     * @param reason its kind
     * @param text a text for people
     */
    public Difference {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(text, "text");
    }
  }

  /**
   * The document is not to be believed, whatever it says.
   *
   * @param reason the first rule that is broken
   * @param text a text for people; never to be parsed
   */
  @CheckReturnValue
  record NotGenuine(AttestationRejection reason, String text) implements AttestationVerdict {
    /**
     * A refusal.
     *
     * @param reason the first rule that is broken
     * @param text a text for people
     */
    public NotGenuine {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(text, "text");
    }

    static NotGenuine of(AttestationResult.Rejected refused) {
      return new NotGenuine(refused.reason(), refused.text());
    }
  }
}
