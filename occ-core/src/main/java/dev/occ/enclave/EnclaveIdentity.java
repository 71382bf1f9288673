package dev.occ.enclave;

import dev.occ.json.JsonException;
import dev.occ.json.JsonView;
import dev.occ.json.TextDecoder;
import dev.occ.proof.BaseFloor;
import dev.occ.proof.Bytes;
import dev.occ.proof.Environment;
import dev.occ.signer.EnforcementTier;
import java.util.Optional;

/**
 * What an enclave says about itself (action {@code key}, spec 13). Unverified: only a proof's
 * attestation shows what is true.
 *
 * @param publicKey the epoch's Ed25519 key, 32 bytes
 * @param measurement what identifies the code, not empty
 * @param enforcement the signer's tier
 * @param epochId the epoch, not empty
 * @param takesBaseFloors whether a block of Base may be given for a slot (spec 10)
 */
public record EnclaveIdentity(
    Bytes publicKey,
    String measurement,
    EnforcementTier enforcement,
    String epochId,
    boolean takesBaseFloors) {
  private static final int KEY_LENGTH = 32;

  /**
   * The identity of an enclave that takes no blocks of Base.
   *
   * @param publicKey the epoch's Ed25519 key, 32 bytes
   * @param measurement what identifies the code, not empty
   * @param enforcement the signer's tier
   * @param epochId the epoch, not empty
   */
  public EnclaveIdentity(
      Bytes publicKey, String measurement, EnforcementTier enforcement, String epochId) {
    this(publicKey, measurement, enforcement, epochId, false);
  }

  /**
   * Reads what an enclave, or the parent server in front of it, answers.
   *
   * @param answer the answer; other members are allowed
   * @return its typed form
   * @throws JsonException if a member is missing or malformed
   */
  public static EnclaveIdentity read(JsonView answer) throws JsonException {
    return new EnclaveIdentity(
        answer.text("publicKeyB64", text -> Bytes.fromBase64(text, KEY_LENGTH)),
        answer.text("measurement", TextDecoder::nonEmpty),
        answer.text("enforcement", Environment::tier),
        answer.text("epochId", TextDecoder::nonEmpty),
        answer.optionalText("floor").equals(Optional.of(BaseFloor.CHAIN)));
  }
}
