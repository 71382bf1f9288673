package dev.occ.epoch;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.agency.Intent;
import dev.occ.proof.Bytes;
import java.util.Objects;

/**
 * A challenge that commits to an intent (spec 9). Whoever asked for it computes {@link
 * Intent#challenge} with the nonce and lets the actor sign only if that is this challenge.
 *
 * @param challenge what the actor is to sign, 32 bytes
 * @param nonce the enclave's, 32 bytes; goes back as {@code agency.intent.nonceB64}
 */
@CheckReturnValue
public record IntentChallenge(Bytes challenge, Bytes nonce) {
  /**
   * Checks that both are there.
   *
   * @param challenge what the actor is to sign
   * @param nonce the enclave's
   */
  public IntentChallenge {
    Objects.requireNonNull(challenge, "challenge");
    Objects.requireNonNull(nonce, "nonce");
  }

  static IntentChallenge of(Bytes nonce, Bytes intentHash) {
    return new IntentChallenge(Intent.challenge(nonce, intentHash), nonce);
  }

  /**
   * Whether the challenge commits to an intent.
   *
   * @param intent what the actor is to authorize
   * @return false if the answer was made for something else
   */
  public boolean commitsTo(Intent intent) {
    return intent.challenge(nonce).equals(challenge);
  }
}
