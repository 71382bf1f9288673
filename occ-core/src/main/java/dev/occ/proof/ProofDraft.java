package dev.occ.proof;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonString;
import dev.occ.json.JsonView;
import java.util.Optional;

/**
 * A proof that is complete but for its signature and attestation report, for those who make proofs;
 * {@code dev.occ.epoch.Epoch} is the maker that keeps the order of slots and commits. Immutable.
 */
@CheckReturnValue
public final class ProofDraft {
  private final JsonObject json;
  private final byte[] signedBytes;

  private ProofDraft(JsonObject json) {
    this.json = json;
    this.signedBytes = SignedBody.of(json, true).encode();
  }

  /**
   * A draft from a proof's document without {@code signer.signatureB64} and, if the proof will be
   * attested, with {@code environment.attestation.format} but without {@code reportB64}.
   *
   * @param json the unfinished document
   * @return the draft
   */
  public static ProofDraft of(JsonObject json) {
    return new ProofDraft(json);
  }

  /**
   * The bytes to sign, and whose SHA-256 is the attestation's user data (spec 4).
   *
   * @return a fresh array, equal to what {@link Proof#signedBytes()} of the sealed proof gives
   */
  public byte[] signedBytes() {
    return signedBytes.clone();
  }

  /**
   * The finished proof.
   *
   * @param signature the Ed25519 signature over {@link #signedBytes()}, 64 bytes
   * @param report the attestation report, if the draft names a format for it
   * @return the proof
   * @throws JsonException if the draft was not a proof's structure but for these two, or a report
   *     is missing or superfluous
   */
  public Proof seal(Bytes signature, Optional<Bytes> report) throws JsonException {
    JsonView view = JsonView.of(json);
    JsonObject sealed = json.with("signer", with(view, "signer", "signatureB64", signature));
    if (report.isPresent()) {
      JsonView environment = view.view("environment");
      JsonObject attestation = with(environment, "attestation", "reportB64", report.get());
      sealed = sealed.with("environment", environment.object().with("attestation", attestation));
    }
    return Proof.of(sealed);
  }

  private static JsonObject with(JsonView parent, String part, String name, Bytes value)
      throws JsonException {
    return parent.view(part).object().with(name, new JsonString(value.toBase64()));
  }
}
