package dev.occ.verifier.attestation;

import static dev.occ.verifier.attestation.AttestationRejection.COSE_ALGORITHM_MISSING;
import static dev.occ.verifier.attestation.AttestationRejection.COSE_ALGORITHM_UNPROTECTED;
import static dev.occ.verifier.attestation.AttestationRejection.COSE_ALGORITHM_UNSUPPORTED;
import static dev.occ.verifier.attestation.AttestationRejection.COSE_CRITICAL_HEADER;
import static dev.occ.verifier.attestation.AttestationRejection.COSE_HEADER_INVALID;

import dev.occ.proof.Bytes;
import java.util.Collections;
import java.util.Map;

/**
 * The rules for the headers of a document (RFC 9052 section 3): ES384, named in the protected
 * header and nowhere else. Other parameters say nothing that is used here and are left alone, as
 * the RFC asks, unless {@code crit} forbids it.
 */
final class CoseHeaders {
  private static final CborValue ALG = new CborValue.Int(1);
  private static final CborValue CRIT = new CborValue.Int(2);

  /** RFC 9053 section 2.1. */
  private static final CborValue ES384 = new CborValue.Int(-35);

  private CoseHeaders() {}

  /** Checks both headers of one document. */
  static void check(CoseSign1 document) throws AttestationException {
    Map<CborValue, CborValue> secured = decode(document.protectedHeader());
    Map<CborValue, CborValue> open = entries(document.unprotected());
    if (secured.containsKey(CRIT) || open.containsKey(CRIT)) {
      throw new AttestationException(COSE_CRITICAL_HEADER, "a header has crit");
    }
    if (open.containsKey(ALG)) {
      throw new AttestationException(
          COSE_ALGORITHM_UNPROTECTED, "the unprotected header names an algorithm");
    }
    if (!Collections.disjoint(secured.keySet(), open.keySet())) {
      throw new AttestationException(COSE_HEADER_INVALID, "both headers have one label");
    }
    CborValue algorithm = secured.get(ALG);
    if (algorithm == null) {
      throw new AttestationException(
          COSE_ALGORITHM_MISSING, "the protected header names no algorithm");
    }
    if (!algorithm.equals(ES384)) {
      throw new AttestationException(
          COSE_ALGORITHM_UNSUPPORTED, "the algorithm is not ES384 (-35)");
    }
  }

  /** The RFC lets an empty map be written as no bytes. */
  private static Map<CborValue, CborValue> decode(Bytes header) throws AttestationException {
    return header.size() == 0 ? Map.of() : entries(CborReader.read(header.toByteArray()));
  }

  private static Map<CborValue, CborValue> entries(CborValue header) throws AttestationException {
    if (header instanceof CborValue.Mapping map) {
      return map.entries();
    }
    throw new AttestationException(COSE_HEADER_INVALID, "a header is not a map");
  }
}
