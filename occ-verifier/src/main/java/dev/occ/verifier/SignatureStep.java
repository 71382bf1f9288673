package dev.occ.verifier;

import dev.occ.verifier.crypto.CryptoProvider;
import dev.occ.verifier.crypto.Ed25519PublicKey;
import java.util.Optional;

/** Spec 11, step 3: the signed body and its Ed25519 signature. */
final class SignatureStep implements VerificationStep {
  private final EpochKeys keys;

  SignatureStep(CryptoProvider crypto) {
    this.keys = new EpochKeys(crypto);
  }

  @Override
  public Check.Step name() {
    return Check.Step.SIGNATURE;
  }

  @Override
  public StepOutcome run(VerificationRun run) {
    Optional<Ed25519PublicKey> key = keys.key(run.proof().publicKey());
    if (key.isEmpty()) {
      return StepOutcome.failed(
              Rejection.PUBLIC_KEY_INVALID,
              "the public key is not a canonical point, or one of small order")
          .at("/signer/publicKeyB64");
    }
    if (!key.get().verifies(run.signedBytes(), run.proof().signature())) {
      return StepOutcome.failed(
              Rejection.SIGNATURE_INVALID, "the signature does not hold for what the proof says")
          .at("/signer/signatureB64");
    }
    run.keyIs(key.get());
    return StepOutcome.passed("the key signed exactly what the proof says");
  }
}
