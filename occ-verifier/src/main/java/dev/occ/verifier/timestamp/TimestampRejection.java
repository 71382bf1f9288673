package dev.occ.verifier.timestamp;

import java.util.Locale;

/**
 * Why a timestamp was refused. New reasons are only ever added at the end, and {@link #code()} of a
 * reason never changes: programs, logs and reports may keep it.
 */
public enum TimestampRejection {
  /** The proof's entry is not {@code {authority, time, tokenB64, digestAlg, digestB64}}. */
  ENTRY_MALFORMED,
  /** The entry's {@code digestB64} is not the digest that this entry is about. */
  ENTRY_DIGEST_MISMATCH,
  /** The entry's {@code time} is not the token's. */
  ENTRY_TIME_MISMATCH,
  /** The token is longer than {@link TimestampVerifier#MAX_TOKEN_LENGTH}. */
  TOKEN_TOO_LARGE,
  /**
   * The token is not one BER value with tags below 31; or a TSTInfo or a certificate is not one DER
   * value.
   */
  DER_MALFORMED,
  /** Bytes follow the token. */
  DER_TRAILING_BYTES,
  /** Values nest deeper than 32. */
  DER_TOO_DEEP,
  /** Not a CMS SignedData of version 1, 3, 4 or 5 (RFC 5652 section 5.1). */
  CMS_MALFORMED,
  /** The signed content is not a TSTInfo (RFC 3161 section 2.4.2). */
  CONTENT_NOT_TST_INFO,
  /** Not exactly one signer (RFC 3161 section 2.4.2). */
  SIGNER_COUNT,
  /** More than {@link TimestampVerifier#MAX_CERTIFICATES} certificates. */
  TOO_MANY_CERTIFICATES,
  /** The TSTInfo is not of its structure, or not of version 1. */
  TST_INFO_MALFORMED,
  /** The time is not of the form that RFC 3161 section 2.4.2 demands. */
  GEN_TIME_INVALID,
  /** The TSTInfo has a critical extension: it asks for something that is not known here. */
  CRITICAL_EXTENSION,
  /** The imprint is not made with SHA-256, SHA-384 or SHA-512, or not with that of the digest. */
  IMPRINT_ALGORITHM,
  /** The token is about another digest. */
  IMPRINT_MISMATCH,
  /** The certificate that the signer names is neither in the token nor given by the caller. */
  SIGNER_CERTIFICATE_MISSING,
  /** A certificate is not the DER form of an X.509 version 3 certificate. */
  CERTIFICATE_MALFORMED,
  /** The signer has no signed attributes, or one of those needed is missing or malformed. */
  SIGNED_ATTRIBUTES,
  /** No ESS signing-certificate attribute says which certificate signs (RFC 2634, RFC 5035). */
  ESS_CERTIFICATE_ID_MISSING,
  /** An ESS certificate id is malformed, or is of another certificate than the signer's. */
  ESS_CERTIFICATE_ID_MISMATCH,
  /** The signer's certificate has no extended key usage. */
  EXTENDED_KEY_USAGE_MISSING,
  /** Extended key usage is not critical (RFC 3161 section 2.3). */
  EXTENDED_KEY_USAGE_NOT_CRITICAL,
  /**
   * Extended key usage is not id-kp-timeStamping and nothing else; or an issuer's own one leaves
   * timestamping out.
   */
  EXTENDED_KEY_USAGE_WRONG,
  /** The signer's key may not make signatures, or is one of a CA. */
  SIGNER_KEY_USAGE,
  /** The token's {@code tsa} is no name of the signer's certificate. */
  TSA_NAME_MISMATCH,
  /** No path leads from the signer's certificate to a pinned root. */
  ROOT_NOT_PINNED,
  /** A certificate, the pinned root included, is not valid yet at the token's time. */
  CERTIFICATE_NOT_YET_VALID,
  /** A certificate, the pinned root included, is no longer valid at the token's time. */
  CERTIFICATE_EXPIRED,
  /** A certificate that issued another may not: basic constraints, key usage, path length. */
  ISSUER_NOT_ALLOWED,
  /** The path breaks another rule of RFC 5280 section 6. */
  PATH_INVALID,
  /**
   * A signature is not RSA PKCS #1 v1.5, RSA-PSS or ECDSA with SHA-256, SHA-384 or SHA-512, or the
   * algorithms that are stated do not agree. SHA-1 is never accepted for a signature.
   */
  SIGNATURE_ALGORITHM,
  /** A key is not RSA of 2048 to 4096 bits, or on P-256, P-384 or P-521 by name. */
  KEY_UNSUPPORTED,
  /** A certificate's signature does not verify under any key of its issuer's name. */
  CERTIFICATE_SIGNATURE_INVALID,
  /** The token's signature does not verify, or its message digest is not the content's. */
  SIGNATURE_INVALID,
  /** An authority's answer is not a TimeStampResp (RFC 3161 section 2.4.2), or lacks the token. */
  RESPONSE_MALFORMED,
  /** The authority says that it makes no timestamp. */
  RESPONSE_REJECTED,
  /** The token has another nonce than the request, or none: it may be an old one. */
  NONCE_MISMATCH;

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /**
   * The reason's stable name for reports and for other languages.
   *
   * @return lower-case ASCII words joined by hyphens, as {@code imprint-mismatch}
   */
  public String code() {
    return code;
  }
}
