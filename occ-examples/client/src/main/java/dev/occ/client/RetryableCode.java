package dev.occ.client;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The codes of 503 answers that tell for certain that the server made nothing, or nothing besides
 * the proofs that the answer carries (spec 14). A request with such an answer is safe to repeat.
 * After any other code, or none, a commit may have happened. {@code docs/client.md} lists exactly
 * these.
 */
enum RetryableCode {
  /** The server is at capacity. */
  BUSY,
  /** The server is stopping and did not begin the next digest. */
  STOPPING,
  /** The enclave's slot table is full. */
  TOO_MANY_SLOTS,
  /** The enclave is at capacity. */
  ENCLAVE_BUSY;

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The code in answers: kebab-case ASCII. */
  String code() {
    return code;
  }

  /** The member with a code, if the code is one of these. */
  static Optional<RetryableCode> of(String code) {
    return Stream.of(values()).filter(known -> known.code.equals(code)).findFirst();
  }
}
