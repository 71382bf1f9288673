package dev.occ.verifier;

/** A proof was rejected, for callers who asked for an exception. */
public final class ProofRejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why; part of the serialized form. */
  private final Rejection reason;

  ProofRejectedException(Rejected rejected) {
    super(rejected.reason().code() + ": " + rejected.text());
    this.reason = rejected.reason();
  }

  /**
   * Why the proof was rejected.
   *
   * @return the reason to decide by
   */
  public Rejection reason() {
    return reason;
  }
}
