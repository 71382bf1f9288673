package dev.occ.embedding.pkcs11;

import java.util.Objects;

/**
 * What a token says of itself (CK_TOKEN_INFO); texts without the padding.
 *
 * @param label the name that its owner gave it
 * @param manufacturer its manufacturer
 * @param model its model
 * @param firmware its firmware's version, {@code major.minor}
 * @param flags the {@code CKF_…} bits
 */
record TokenInfo(String label, String manufacturer, String model, String firmware, long flags) {
  TokenInfo {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(manufacturer, "manufacturer");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(firmware, "firmware");
  }

  /** Whether a flag is set. */
  boolean has(long flag) {
    return (flags & flag) != 0;
  }
}
