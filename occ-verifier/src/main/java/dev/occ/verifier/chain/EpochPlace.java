package dev.occ.verifier.chain;

/** What the place of an epoch in a report's order rests on. New ones are only added at the end. */
public enum EpochPlace {
  /**
   * The blocks of its authenticated anchors lie apart from those of every other epoch. It came
   * after the epochs with lower blocks, provided that anchors were made soon after their blocks
   * (spec 10).
   */
  ANCHORED("anchored"),
  /**
   * The blocks of its authenticated anchors overlap with another epoch's: which came first is not
   * shown.
   */
  OVERLAPPING("overlapping"),
  /**
   * It has no authenticated anchors; it names a proof of its predecessor by its hash, and that
   * proof was given too (spec 8).
   */
  LINKED("linked"),
  /** Nothing shows when it was. */
  UNKNOWN("unknown"),
  /**
   * It has no authenticated anchors; it names its predecessor, of which proofs were given, but not
   * the one with the counter and hash that it names (spec 8): its key says so, and no hash shows
   * it.
   */
  NAMED("named"),
  /**
   * It has anchors, and none of them is authenticated. It stands where their blocks place it;
   * whoever may commit can write such an anchor, so nothing shows when it was.
   */
  CLAIMED("claimed");

  private final String code;

  EpochPlace(String code) {
    this.code = code;
  }

  /**
   * The place in machine-readable output.
   *
   * @return stable kebab-case ASCII
   */
  public String code() {
    return code;
  }
}
