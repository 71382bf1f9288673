package dev.occ.enclave;

import dev.occ.json.JsonException;
import dev.occ.json.JsonView;
import dev.occ.proof.Bytes;
import dev.occ.signer.EnforcementTier;

/**
 * What an enclave says about itself (action {@code key}, spec 13). Unverified: only a proof's
 * attestation shows what is true.
 *
 * @param publicKey the epoch's Ed25519 key, 32 bytes
 * @param measurement what identifies the code, not empty
 * @param enforcement the signer's tier
 * @param epochId the epoch, not empty
 */
public record EnclaveIdentity(
    Bytes publicKey, String measurement, EnforcementTier enforcement, String epochId) {
  private static final int KEY_LENGTH = 32;

  static EnclaveIdentity read(JsonView answer) throws JsonException {
    return new EnclaveIdentity(
        answer.text("publicKeyB64", text -> Bytes.fromBase64(text, KEY_LENGTH)),
        answer.text("measurement", EnclaveIdentity::nonEmpty),
        answer.text("enforcement", EnclaveIdentity::tier),
        answer.text("epochId", EnclaveIdentity::nonEmpty));
  }

  private static String nonEmpty(String text) throws JsonException {
    if (text.isEmpty()) {
      throw new JsonException(JsonException.Reason.EMPTY, "", "must not be empty");
    }
    return text;
  }

  private static EnforcementTier tier(String text) throws JsonException {
    return EnforcementTier.fromWireName(text)
        .orElseThrow(
            () ->
                new JsonException(
                    JsonException.Reason.UNKNOWN_ENFORCEMENT, "", "is not an enforcement tier"));
  }
}
