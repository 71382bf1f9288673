package dev.occ.verifier;

/** What a proof is as an Ethereum anchor (spec 10). */
public sealed interface AnchorReading
    permits EthereumAnchor, AnchorReading.Malformed, AnchorReading.NotAnAnchor {
  /** The proof does not say that it is an anchor. */
  record NotAnAnchor() implements AnchorReading {}

  /**
   * The proof says that it is an anchor, and is none.
   *
   * @param reason why not
   */
  record Malformed(Reason reason) implements AnchorReading {}

  /** Why a proof that is named like an anchor is none. New reasons are only added at the end. */
  enum Reason {
    /** {@code attribution.message} is not {@code 0x} and 64 lower-case hex digits. */
    MESSAGE("message-not-a-block-hash"),
    /** {@code attribution.title} is not a URL that ends in {@code /block/} and a number. */
    TITLE("title-without-block"),
    /** The number in the title has a leading zero, is 0, or is more than 2^53-1. */
    NUMBER("block-number-not-canonical"),
    /** {@code artifact.digestB64} is not the SHA-256 digest of the block hash's text. */
    DIGEST("digest-not-of-block-hash"),
    /** {@code attribution} names another block than {@code commit.anchor}. */
    ATTRIBUTION("attribution-of-another-block");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /**
     * The reason in machine-readable output.
     *
     * @return stable kebab-case ASCII
     */
    public String code() {
      return code;
    }
  }
}
