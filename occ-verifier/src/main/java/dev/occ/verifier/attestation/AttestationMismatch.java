package dev.occ.verifier.attestation;

import java.util.Locale;

/** How a genuine document differs from what is expected of it. */
public enum AttestationMismatch {
  /** A platform configuration register has another value. */
  PCR_DIFFERS,
  /** The document does not have a platform configuration register that is expected. */
  PCR_ABSENT,
  /** {@code nonce} is absent or has another value: the document may be a replay. */
  NONCE_DIFFERS,
  /** {@code user_data} is absent or has another value. */
  USER_DATA_DIFFERS,
  /** {@code public_key} is absent or has another value. */
  PUBLIC_KEY_DIFFERS,
  /** The document is older than the greatest age that is accepted. */
  TOO_OLD,
  /** The document's time is in the future by more than the clock skew that is accepted. */
  FROM_THE_FUTURE;

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /**
   * The mismatch's stable name for reports and for other languages.
   *
   * @return lower-case ASCII words joined by hyphens, as {@code nonce-differs}
   */
  public String code() {
    return code;
  }
}
