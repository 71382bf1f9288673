package dev.occ.proof;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.occ.json.CanonicalJson;
import dev.occ.json.JsonException;
import dev.occ.json.JsonObject;
import dev.occ.json.JsonView;
import dev.occ.json.TextDecoder;
import java.time.Instant;
import java.util.Optional;

/**
 * The slot record that the signer created and signed before it saw the digest (spec 5).
 *
 * @param version {@code occ/slot/1} or {@code bitgraph/slot/1}
 * @param nonce the slot's fresh nonce, at least 16 bytes; its Base64 is the slot's id
 * @param counter the slot's place on its chain
 * @param epochId the epoch that made the slot
 * @param publicKey the epoch's Ed25519 public key, 32 bytes
 * @param chainId the chain; absent for {@value Commit#DEFAULT_CHAIN}
 * @param time what the signer's clock said, in historical proofs only; self-declared
 * @param signature Ed25519 over {@link #signedBytes()}, 64 bytes
 * @param json the record as it was read, unknown members included
 */
@CheckReturnValue
public record SlotAllocation(
    String version,
    Bytes nonce,
    Counter counter,
    String epochId,
    Bytes publicKey,
    Optional<String> chainId,
    Optional<Instant> time,
    Bytes signature,
    JsonObject json) {

  private static final String SIGNATURE = "signatureB64";

  /**
   * Reads a slot record.
   *
   * @param json the record
   * @return its typed form
   * @throws JsonException if a member is missing, malformed or of an unknown version
   */
  public static SlotAllocation read(JsonObject json) throws JsonException {
    return read(JsonView.of(json));
  }

  static SlotAllocation read(JsonView view) throws JsonException {
    return new SlotAllocation(
        view.text("version", SlotAllocation::version),
        view.text("nonceB64", Texts::nonce),
        view.text("counter", Counter::parse),
        view.text("epochId", TextDecoder::nonEmpty),
        view.text("publicKeyB64", Texts::publicKey),
        view.optionalText("chainId", TextDecoder::nonEmpty),
        Commit.time(view),
        view.text(SIGNATURE, Texts::signature),
        view.object());
  }

  private static String version(String text) throws JsonException {
    for (ProtocolName name : ProtocolName.values()) {
      if (name.slotVersion().equals(text)) {
        return text;
      }
    }
    throw new JsonException(
        JsonException.Reason.UNSUPPORTED_VERSION, "", "is not a known slot version");
  }

  /**
   * The bytes that the slot's signature covers and that {@code commit.slotHashB64} is the hash of:
   * the canonical form of the record without its signature, unknown members included.
   *
   * @return a fresh array
   */
  public byte[] signedBytes() {
    return CanonicalJson.encode(json.without(SIGNATURE));
  }

  /**
   * What services wrote into {@code commit.slotHashB64} in 2026-04: the hash of the slot body
   * without its chain (spec 8).
   *
   * @return 32 bytes
   */
  public Bytes historicalHash() {
    return Bytes.sha256(CanonicalJson.encode(json.without(SIGNATURE, "chainId")));
  }
}
