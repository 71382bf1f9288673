package dev.occ.verifier.cli;

/** One document to verify, and where it came from. */
final class ProofInput {
  private final String name;
  private final byte[] json;
  private final boolean whole;

  /**
   * A document.
   *
   * @param name its file, with a line number where it is one of several
   * @param json its bytes, taken over; one more than the limit if it is too long
   * @param whole whether it is all that its file holds
   */
  ProofInput(String name, byte[] json, boolean whole) {
    this.name = name;
    this.json = json;
    this.whole = whole;
  }

  String name() {
    return name;
  }

  byte[] json() {
    return json;
  }

  boolean whole() {
    return whole;
  }
}
