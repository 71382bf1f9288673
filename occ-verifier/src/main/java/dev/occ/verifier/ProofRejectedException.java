package dev.occ.verifier;

/** A proof was rejected, for callers who asked for an exception. */
public final class ProofRejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The whole result; part of the serialized form. */
  private final Rejected rejected;

  ProofRejectedException(Rejected rejected) {
    super(rejected.reason().code() + ": " + rejected.text());
    this.rejected = rejected;
  }

  /**
   * The result: reason, detail, text, pointer and the checks that ran.
   *
   * @return the rejection
   */
  public Rejected rejected() {
    return rejected;
  }

  /**
   * Why the proof was rejected.
   *
   * @return the reason to decide by
   */
  public Rejection reason() {
    return rejected.reason();
  }
}
