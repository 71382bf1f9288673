package dev.occ.cli.options;

/** Where the policy of a verification came from. */
public enum Trust {
  INTEGRITY_ONLY("integrity-only"),
  PCR0("pcr0"),
  FILE("file");

  private final String code;

  Trust(String code) {
    this.code = code;
  }

  /** The name in machine-readable output. */
  public String code() {
    return code;
  }
}
