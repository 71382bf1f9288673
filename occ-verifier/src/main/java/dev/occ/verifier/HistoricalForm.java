package dev.occ.verifier;

/**
 * Forms of real proofs that are no longer written, or that came later under another name (spec 8).
 */
public enum HistoricalForm {
  /** Attestation user data is the hash of the signed body without its attestation format. */
  USER_DATA_WITHOUT_FORMAT("user-data-without-attestation-format", true),
  /** {@code slotHashB64} is the hash of the slot body without its chain. */
  SLOT_HASH_WITHOUT_CHAIN("slot-hash-without-chain", true),
  /** {@code commit.time} or {@code slotAllocation.time} is present. */
  TIME("time", false),
  /** {@code commit.epochLink} is present. */
  EPOCH_LINK("epoch-link", false),
  /** Version strings say {@code bitgraph} instead of {@code occ}. */
  BITGRAPH_NAME("bitgraph-name", false);

  private final String code;
  private final boolean needsHistoricalMode;

  HistoricalForm(String code, boolean needsHistoricalMode) {
    this.code = code;
    this.needsHistoricalMode = needsHistoricalMode;
  }

  /**
   * The form's name in machine-readable output.
   *
   * @return stable kebab-case ASCII
   */
  public String code() {
    return code;
  }

  /**
   * Whether a proof with this form is refused unless the policy allows historical forms.
   *
   * @return false for forms that strict mode accepts too
   */
  public boolean needsHistoricalMode() {
    return needsHistoricalMode;
  }
}
