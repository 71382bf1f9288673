package dev.occ.cli.input;

/** One document to verify, and where it came from. */
public final class ProofInput {
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
  public ProofInput(String name, byte[] json, boolean whole) {
    this.name = name;
    this.json = json;
    this.whole = whole;
  }

  public String name() {
    return name;
  }

  public byte[] json() {
    return json;
  }

  public boolean whole() {
    return whole;
  }
}
