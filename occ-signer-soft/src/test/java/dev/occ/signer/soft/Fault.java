package dev.occ.signer.soft;

import java.util.function.Consumer;

/**
 * One way in which a document departs from the usual good one: it breaks exactly one rule of spec
 * 12, or it is unusual but valid, which a verifier must accept. Its text form is its name, fit for
 * a parameterized test.
 */
public final class Fault {
  /** The part of spec 12 that a fault is about. */
  public enum Clause {
    /** Well-formed CBOR within the limits: duplicate keys, trailing bytes, nesting, lengths. */
    CBOR,
    /** The COSE_Sign1 message: elements, headers, algorithm, tag. */
    COSE,
    /** The fields of the payload: presence, type, size, value. */
    PAYLOAD,
    /** What a single certificate holds. */
    CERTIFICATE,
    /** How the certificates hang together, up to the pinned root. */
    CHAIN,
    /** The signature over the document. */
    SIGNATURE,
    /** What the document is bound to: PCR0, debug mode, user data. The document itself is good. */
    BINDING
  }

  private final String name;
  private final Clause clause;
  private final boolean valid;
  private final String measurement;
  private final Consumer<AttestationDocumentBuilder> change;

  private Fault(
      String name,
      Clause clause,
      boolean valid,
      String measurement,
      Consumer<AttestationDocumentBuilder> change) {
    this.name = name;
    this.clause = clause;
    this.valid = valid;
    this.measurement = measurement;
    this.change = change;
  }

  /** A document that must be refused. */
  static Fault broken(String name, Clause clause, Consumer<AttestationDocumentBuilder> change) {
    return new Fault(name, clause, false, AttestationFaults.MEASUREMENT, change);
  }

  /** A document that must be accepted. */
  static Fault valid(String name, Clause clause, Consumer<AttestationDocumentBuilder> change) {
    return new Fault(name, clause, true, AttestationFaults.MEASUREMENT, change);
  }

  /** The same for a verifier who expects another PCR0. */
  Fault expecting(String pcr0) {
    return new Fault(name, clause, valid, pcr0, change);
  }

  /**
   * The fault's name.
   *
   * @return lower-case words with hyphens, unique in the catalogue
   */
  public String name() {
    return name;
  }

  /**
   * What the fault is about.
   *
   * @return the part of spec 12
   */
  public Clause clause() {
    return clause;
  }

  /**
   * Whether a verifier must accept the document all the same.
   *
   * @return false if it must be refused
   */
  public boolean isValid() {
    return valid;
  }

  /**
   * The measurement that the verifier is to expect, so that nothing but this fault is wrong.
   *
   * @return 96 lower-case hex digits
   */
  public String measurement() {
    return measurement;
  }

  /**
   * Builds the document, with fresh keys each time.
   *
   * @param authority whose root the verifier pins; its time is the document's
   * @return the document's bytes
   */
  public byte[] document(SoftAttestationAuthority authority) {
    AttestationDocumentBuilder builder = AttestationFaults.document(authority);
    change.accept(builder);
    return builder.build();
  }

  @Override
  public String toString() {
    return name;
  }
}
