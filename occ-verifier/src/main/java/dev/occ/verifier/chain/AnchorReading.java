package dev.occ.verifier.chain;

/** What a proof is as an Ethereum anchor (spec 10). */
public sealed interface AnchorReading
    permits EthereumAnchor, AnchorReading.Malformed, AnchorReading.NotAnAnchor {
  /** The proof does not say that it is an anchor. */
  record NotAnAnchor() implements AnchorReading {}

  /**
   * The proof says that it is an anchor, and is none.
   *
   * @param problem why not
   */
  record Malformed(Problem problem) implements AnchorReading {}

  /** Why a proof that is named like an anchor is none. New problems are only added at the end. */
  enum Problem {
    /** {@code attribution.message} is not {@code 0x} and 64 lower-case hex digits. */
    MESSAGE("message-not-a-block-hash", 2),
    /** {@code attribution.title} is not a URL that ends in {@code /block/} and a number. */
    TITLE("title-without-block", 3),
    /** The number in the title has a leading zero, or is more than 2^64-1. */
    NUMBER("block-number-not-canonical", 4),
    /** {@code artifact.digestB64} is not the SHA-256 digest of the message. */
    DIGEST("digest-not-of-block-hash", 5);

    private final String code;
    private final int number;

    Problem(String code, int number) {
      this.code = code;
      this.number = number;
    }

    /** How {@link LinkRecord} writes it down: above 1, which is a good anchor. */
    int number() {
      return number;
    }

    static Problem numbered(int number) {
      for (Problem problem : values()) {
        if (problem.number == number) {
          return problem;
        }
      }
      throw new IllegalArgumentException("no problem has number " + number);
    }

    /**
     * The problem in machine-readable output.
     *
     * @return stable kebab-case ASCII
     */
    public String code() {
      return code;
    }
  }
}
