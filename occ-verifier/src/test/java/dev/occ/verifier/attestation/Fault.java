package dev.occ.verifier.attestation;

import dev.occ.proof.Bytes;

/**
 * A document with one rule broken.
 *
 * @param name what is wrong, in words
 * @param reason what the verifier must answer
 * @param document the bytes; signed under the test root unless that is the fault
 */
record Fault(String name, AttestationRejection reason, Bytes document) {
  Fault(String name, AttestationRejection reason, byte[] document) {
    this(name, reason, Bytes.of(document));
  }

  @Override
  public String toString() {
    return reason + ": " + name;
  }
}
