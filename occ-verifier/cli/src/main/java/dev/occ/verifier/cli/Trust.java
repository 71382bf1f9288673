package dev.occ.verifier.cli;

/** Where the policy of a verification came from. */
enum Trust {
  INTEGRITY_ONLY("integrity-only"),
  PCR0("pcr0"),
  FILE("file");

  private final String code;

  Trust(String code) {
    this.code = code;
  }

  /** The name in machine-readable output. */
  String code() {
    return code;
  }
}
