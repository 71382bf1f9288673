package dev.occ.verifier.attestation;

import java.util.Locale;

/**
 * Why an attestation document was refused. New reasons are only ever added at the end, and {@link
 * #code()} of a reason never changes: programs, logs and reports may keep it.
 */
public enum AttestationRejection {
  /** The document is longer than {@link NitroAttestation#MAX_DOCUMENT_LENGTH}. */
  DOCUMENT_TOO_LARGE,
  /** Bytes that are not well-formed CBOR (RFC 8949 section 5.3.1), or end too early. */
  CBOR_MALFORMED,
  /**
   * Well-formed CBOR of a kind that no attestation document holds: a float, a tag inside the
   * document, a simple value other than false, true and null, a string in chunks, an integer beyond
   * 64 signed bits, or a map key that is neither integer nor text.
   */
  CBOR_NOT_ALLOWED,
  /** A CBOR text string, or a text key, is not UTF-8. */
  CBOR_INVALID_UTF8,
  /** Bytes follow the document, the payload's map or the protected header's map. */
  CBOR_TRAILING_BYTES,
  /** A map has two entries of one key. */
  CBOR_DUPLICATE_KEY,
  /** Arrays and maps nest deeper than 16. */
  CBOR_TOO_DEEP,
  /** The document carries a tag other than a single 18 (COSE_Sign1). */
  COSE_UNEXPECTED_TAG,
  /**
   * Not a COSE_Sign1: an array of protected header, unprotected header, payload and signature, with
   * the payload inside (RFC 9052 section 4.2).
   */
  COSE_STRUCTURE,
  /** A header is not a map with integer or text labels, or a label is in both headers. */
  COSE_HEADER_INVALID,
  /** The protected header names no algorithm. */
  COSE_ALGORITHM_MISSING,
  /** The protected header names another algorithm than ES384 (-35). */
  COSE_ALGORITHM_UNSUPPORTED,
  /** The unprotected header names an algorithm, which nothing protects. */
  COSE_ALGORITHM_UNPROTECTED,
  /** A header has {@code crit}: it asks for something that this verifier does not know. */
  COSE_CRITICAL_HEADER,
  /** The signature is not of exactly 96 bytes. */
  SIGNATURE_LENGTH,
  /** The payload is not a CBOR map with text keys. */
  PAYLOAD_STRUCTURE,
  /** {@code module_id} is absent or null. */
  MODULE_ID_MISSING,
  /** {@code module_id} is not text, or is empty. */
  MODULE_ID_INVALID,
  /** {@code digest} is absent or null. */
  DIGEST_MISSING,
  /** {@code digest} is not the text {@code SHA384}. */
  DIGEST_UNSUPPORTED,
  /** {@code timestamp} is absent or null. */
  TIMESTAMP_MISSING,
  /** {@code timestamp} is not a positive number of milliseconds. */
  TIMESTAMP_INVALID,
  /** {@code pcrs} is absent or null. */
  PCRS_MISSING,
  /** {@code pcrs} is not a map from integers to byte strings. */
  PCRS_INVALID,
  /** {@code pcrs} has no entry, or more than 32. */
  PCRS_COUNT,
  /** A key of {@code pcrs} is not from 0 to 31. */
  PCR_INDEX,
  /** A PCR is not of 32, 48 or 64 bytes. */
  PCR_LENGTH,
  /** {@code certificate} is absent or null. */
  CERTIFICATE_MISSING,
  /** {@code certificate} is not a byte string of 1 to 1024 bytes. */
  CERTIFICATE_LENGTH,
  /** {@code cabundle} is absent or null. */
  CABUNDLE_MISSING,
  /** {@code cabundle} is not an array. */
  CABUNDLE_INVALID,
  /** {@code cabundle} is empty. */
  CABUNDLE_EMPTY,
  /** {@code cabundle} has more than {@link NitroAttestation#MAX_CABUNDLE_ENTRIES} entries. */
  CABUNDLE_TOO_LONG,
  /** An entry of {@code cabundle} is not a byte string of 1 to 1024 bytes. */
  CABUNDLE_ENTRY_LENGTH,
  /** {@code public_key} is neither absent, null, nor a byte string of at most 1024 bytes. */
  PUBLIC_KEY_INVALID,
  /** {@code user_data} is neither absent, null, nor a byte string of at most 1024 bytes. */
  USER_DATA_INVALID,
  /** {@code nonce} is neither absent, null, nor a byte string of at most 1024 bytes. */
  NONCE_INVALID,
  /** The first certificate of {@code cabundle} is not a pinned root, byte for byte. */
  ROOT_NOT_PINNED,
  /** A certificate is not the DER form of an X.509 version 3 certificate (RFC 5280). */
  CERTIFICATE_MALFORMED,
  /** Bytes follow a certificate inside its byte string. */
  CERTIFICATE_TRAILING_BYTES,
  /** A certificate is not signed with ecdsa-with-SHA384, or says so in one of two places only. */
  CERTIFICATE_SIGNATURE_ALGORITHM,
  /**
   * A certificate's key is not a valid point of P-384, uncompressed, with the curve given by name.
   */
  CERTIFICATE_KEY_UNSUPPORTED,
  /** One certificate stands twice in the path. */
  CERTIFICATE_DUPLICATE,
  /** A certificate, the pinned root included, is not valid yet at the time in question. */
  CERTIFICATE_NOT_YET_VALID,
  /** A certificate, the pinned root included, is no longer valid at the time in question. */
  CERTIFICATE_EXPIRED,
  /** A certificate that issued another is not a CA (basic constraints). */
  ISSUER_NOT_CA,
  /** A certificate that issued another may not sign certificates (key usage). */
  ISSUER_KEY_USAGE,
  /** More CA certificates follow one than its path length constraint allows. */
  PATH_LENGTH_EXCEEDED,
  /** The certificate that signs the document is a CA, or may sign certificates. */
  LEAF_IS_CA,
  /** The certificate that signs the document may not make digital signatures (key usage). */
  LEAF_KEY_USAGE,
  /** A certificate does not name the one before it as its issuer: also bundles in wrong order. */
  PATH_NAME_CHAINING,
  /** A certificate's signature does not verify under its issuer's key. */
  CERTIFICATE_SIGNATURE_INVALID,
  /** A certificate has a critical extension that is not known here. */
  CERTIFICATE_CRITICAL_EXTENSION,
  /** The path breaks another rule of RFC 5280 section 6, such as a name constraint. */
  PATH_INVALID,
  /** The document's signature does not verify under its certificate's key. */
  SIGNATURE_INVALID,
  /** PCR0, 1 and 2 are all zero: an enclave in debug mode, whose memory its owner can read. */
  DEBUG_ENCLAVE,
  /**
   * A certificate breaks a rule of RFC 5280 section 4 that has no reason of its own: serial number,
   * form of its times, DER within extensions, purposes that are others.
   */
  CERTIFICATE_PROFILE,
  /** The last certificate of {@code cabundle} is a pinned root: the bundle's order is reversed. */
  CABUNDLE_REVERSED,
  /**
   * A NitroTPM document ({@code nitrotpm_pcrs}) where an enclave's is asked for: it attests an EC2
   * instance, whose operator has a shell on it.
   */
  NITROTPM_DOCUMENT;

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /**
   * The reason's stable name for reports and for other languages.
   *
   * @return lower-case ASCII words joined by hyphens, as {@code cbor-trailing-bytes}
   */
  public String code() {
    return code;
  }
}
