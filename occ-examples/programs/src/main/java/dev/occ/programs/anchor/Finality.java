package dev.occ.programs.anchor;

import java.util.Locale;

/** Which block counts as the newest (Ethereum JSON-RPC's block tags). */
public enum Finality {
  /** The head, seconds old; it may be replaced by a sibling. */
  LATEST,
  /** Unlikely to be replaced; about 6 minutes old. */
  SAFE,
  /** Not replaced unless a third of all stake is burnt; about 13 minutes old. */
  FINALIZED;

  /**
   * The tag in JSON-RPC and on the command line.
   *
   * @return {@code latest}, {@code safe} or {@code finalized}
   */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
